/// The keys of one direction or, in IMS, of all four associations of a registration; nil where the algorithm has none.
/// Keys of AES-GCM and AES-GMAC end with their salt of four bytes (RFC 4106 section 8.1, RFC 4543 section 5.1).
struct ProtectionKeys {
  var encryption: SecretBytes?
  var integrity: SecretBytes?
}
