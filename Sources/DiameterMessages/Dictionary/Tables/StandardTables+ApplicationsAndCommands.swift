extension StandardTables {
  /// The vendors, applications and commands: RFC 6733 sections 2.4 and 3.1, the registries of IANA, and TS 29.230
  /// sections 4 and 5.
  static let applicationsAndCommands = """
    vendor 0 IETF
    vendor 9 Cisco
    vendor 193 Ericsson
    vendor 2011 Huawei
    vendor 5535 3GPP2
    vendor 12645 Vodafone
    vendor 13019 ETSI
    vendor 28458 Nokia
    vendor 10415 3GPP
    application 0 base Diameter Common Messages
    application 1 NASREQ Network Access Server Application
    application 2 MobileIPv4 Mobile IPv4
    application 3 Rf Diameter Base Accounting
    application 4 Ro Diameter Credit Control
    application 5 EAP Diameter EAP
    application 6 SIP Diameter SIP Application
    application 16777216 Cx 3GPP Cx and Dx
    application 16777217 Sh 3GPP Sh and Dh
    application 16777218 Re 3GPP Re
    application 16777219 Wx 3GPP Wx
    application 16777220 Zn 3GPP Zn
    application 16777221 Zh 3GPP Zh
    application 16777222 Gq 3GPP Gq
    application 16777223 Gmb 3GPP Gmb
    application 16777224 Gx 3GPP Gx of release 6
    application 16777225 Gx 3GPP Gx over Gy
    application 16777226 MM10 3GPP MM10
    application 16777229 Rx 3GPP Rx of release 6
    application 16777230 Pr 3GPP Pr
    application 16777231 e4 ETSI e4
    application 16777236 Rx 3GPP Rx
    application 16777238 Gx 3GPP Gx
    application 16777250 STa 3GPP STa
    application 16777251 S6a 3GPP S6a and S6d
    application 16777252 S13 3GPP S13 and S13'
    application 16777255 SLg 3GPP SLg
    application 16777264 SWm 3GPP SWm
    application 16777265 SWx 3GPP SWx
    application 16777266 Gxx 3GPP Gxx
    application 16777267 S9 3GPP S9
    application 16777268 Zpn 3GPP Zpn
    application 16777272 S6b 3GPP S6b
    application 16777291 SLh 3GPP SLh
    application 16777292 SGmb 3GPP SGmb
    application 16777302 Sy 3GPP Sy
    application 16777303 Sd 3GPP Sd
    application 16777308 S7a 3GPP S7a
    application 16777309 Tsp 3GPP Tsp
    application 16777310 S6m 3GPP S6m
    application 16777311 T4 3GPP T4
    application 16777312 S6c 3GPP S6c
    application 16777313 SGd 3GPP SGd
    application 16777318 S15 3GPP S15
    application 16777319 S9a 3GPP S9a
    application 16777345 S6t 3GPP S6t
    application 16777346 T6a 3GPP T6a and T6b
    application 4294967295 relay Relay
    command 257 CE Capabilities-Exchange
    command 258 RA Re-Auth
    command 265 AA AA
    command 268 DE Diameter-EAP
    command 271 AC Accounting
    command 272 CC Credit-Control
    command 274 AS Abort-Session
    command 275 ST Session-Termination
    command 280 DW Device-Watchdog
    command 282 DP Disconnect-Peer
    command 283 UA User-Authorization
    command 284 SA Server-Assignment
    command 285 LI Location-Info
    command 286 MA Multimedia-Auth
    command 287 RT Registration-Termination
    command 288 PP Push-Profile
    command 300 UA User-Authorization
    command 301 SA Server-Assignment
    command 302 LI Location-Info
    command 303 MA Multimedia-Auth
    command 304 RT Registration-Termination
    command 305 PP Push-Profile
    command 306 UD User-Data
    command 307 PU Profile-Update
    command 308 SN Subscribe-Notifications
    command 309 PN Push-Notification
    command 310 BI Bootstrapping-Info
    command 311 MP Message-Process
    command 312 GPI GBAPush-Info
    command 316 UL Update-Location
    command 317 CL Cancel-Location
    command 318 AI Authentication-Information
    command 319 ID Insert-Subscriber-Data
    command 320 DS Delete-Subscriber-Data
    command 321 PU Purge-UE
    command 322 RS Reset
    command 323 NO Notify
    command 324 EC ME-Identity-Check
    command 8388620 PL Provide-Location
    command 8388621 LR Location-Report
    command 8388622 RI LCS-Routing-Info
    command 8388635 SL Spending-Limit
    command 8388636 SN Spending-Status-Notification
    command 8388637 TS TDF-Session
    command 8388645 OF MO-Forward-Short-Message
    command 8388646 TF MT-Forward-Short-Message
    command 8388647 SR Send-Routing-Info-for-SM
    command 8388648 AL Alert-Service-Centre
    command 8388649 RD Report-SM-Delivery-Status
    """
}
