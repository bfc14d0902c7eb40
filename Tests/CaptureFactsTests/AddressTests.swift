import CaptureFacts
import Testing

struct AddressTests {
  @Test(
    "An address is written as RFC 5952 section 4 has it",
    arguments: [
      (IPAddress(v4: 0x0a2e_000a), "10.46.0.10"),
      (IPAddress(high: 0, low: 1), "::1"),
      (IPAddress(high: 0, low: 0), "::"),
      (IPAddress(high: 0x2001_0db8_0000_0000, low: 1), "2001:db8::1"),
      (IPAddress(high: 0x2001_0db8_0000_0001, low: 0x0001_0001_0001_0001), "2001:db8:0:1:1:1:1:1"),
      (IPAddress(high: 0x2001_0000_0000_0001, low: 0x0000_0000_0000_0001), "2001:0:0:1::1"),
      (IPAddress(high: 0x2001_0db8_0000_0000, low: 0x0001_0000_0000_0001), "2001:db8::1:0:0:1"),
    ])
  func text(_ address: IPAddress, expected: String) {
    #expect(address.description == expected)
    #expect(IPAddress(expected) == address)
  }

  @Test(
    "What is no address is none",
    arguments: [
      "", "10.46.0", "10.46.0.256", "10.46.0.1.2", "1::2::3", "12345::", ":1", "1:2:3:4:5:6:7", "host.example",
      "10.46.0.1 ",
    ])
  func notAnAddress(_ text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test("An end is written with its port, IPv6 in brackets (RFC 5952 section 6)")
  func ends() {
    #expect(Endpoint(address: IPAddress(v4: 0x7f00_0001), port: 5060).description == "127.0.0.1:5060")
    #expect(Endpoint(address: IPAddress(high: 0, low: 1), port: 3868).description == "[::1]:3868")
  }

  @Test(
    "Loopback is 127.0.0.0/8 and ::1 (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3)",
    arguments: [
      (IPAddress(v4: 0x7f00_0005), true), (IPAddress(high: 0, low: 1), true), (IPAddress(v4: 0x0a00_0001), false),
      (IPAddress(high: 0, low: 2), false),
    ])
  func loopback(_ address: IPAddress, isLoopback: Bool) {
    #expect(address.isLoopback == isLoopback)
  }
}
