/// How the data of an AVP are to be read: the basic types of RFC 6733 section 4.2, those derived from them in section
/// 4.3, and what 3GPP puts into an OctetString.
public enum DiameterAttributeType: String, Hashable, Sendable {
  // RFC 6733 section 4.2.
  case octetString = "OctetString"
  case integer32 = "Integer32"
  case integer64 = "Integer64"
  case unsigned32 = "Unsigned32"
  case unsigned64 = "Unsigned64"
  case float32 = "Float32"
  case float64 = "Float64"
  case grouped = "Grouped"
  // RFC 6733 section 4.3.
  case address = "Address"
  case time = "Time"
  case utf8String = "UTF8String"
  case diameterIdentity = "DiameterIdentity"
  case diameterURI = "DiameterURI"
  case enumerated = "Enumerated"
  case ipFilterRule = "IPFilterRule"
  /// RFC 4005 section 4.1.1.
  case qosFilterRule = "QoSFilterRule"
  /// Four octets of an IPv4 address, or sixteen of IPv6, without an address family: Framed-IP-Address (RFC 7155
  /// section 4.4.10.5.1). One with a family is read, too: Wireshark's dictionaries have one type for both.
  case ipAddress = "IPAddress"
  /// A reserved octet, the prefix length and the prefix (RFC 3162 section 2.3).
  case ipv6Prefix = "IPv6Prefix"
  /// Telephony BCD: two digits an octet, low half first, 0xF as filler (TS 29.002 17.7.8 TBCD-STRING).
  case telephonyBCD = "TBCD"
  /// MCC and MNC in three octets (TS 23.003, TS 24.301 9.9.3.33).
  case publicLandMobileNetwork = "PLMN"
  /// An Unsigned32 each bit of which says something by itself, such as UAR-Flags (TS 29.229 section 6.3.44). The names are
  /// those of the bits, the lowest being bit 0.
  case flags = "Flags"
  /// An OctetString that carries text, such as User-Data of Cx (TS 29.229 section 6.3.7).
  case text = "Text"
}
