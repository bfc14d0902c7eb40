/// The tables that `DiameterDictionary.standard` is read from, each named after its standard.
enum StandardTables {
  /// All of them; a later one may add values to an AVP of an earlier one.
  static let all = [applicationsAndCommands, baseProtocol, cx, sh, rx, gx, charging, evolvedPacketCore]
}
