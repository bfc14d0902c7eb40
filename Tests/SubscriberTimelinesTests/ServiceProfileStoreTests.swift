import ByteReading
import ServiceDocuments
import Testing

@testable import SubscriberTimelines

/// User-Data is kept once per distinct content and comes back whole.
@Suite struct ServiceProfileStoreTests {
  private func document(_ user: String, server: String = "sip:as@x.example") -> String {
    """
    <IMSSubscription><PrivateID>\(user)@x.example</PrivateID><ServiceProfile><PublicIdentity>\
    <Identity>sip:\(user)&amp;co@x.example</Identity></PublicIdentity><InitialFilterCriteria><Priority>1</Priority>\
    <ApplicationServer><ServerName>\(server)</ServerName></ApplicationServer></InitialFilterCriteria>\
    </ServiceProfile></IMSSubscription>
    """
  }

  private func note(_ text: String, of user: String, in directory: inout SubscriberDirectory) -> Bool {
    let handle = directory.noteIdentity("\(user)@x.example", isPrivate: true)
    return directory.note(userData: Array(text.utf8).rawSpan, of: handle)
  }

  @Test("two hundred subscribers with the same services share one content, and each has its identities") func shared() {
    var directory = SubscriberDirectory(key: HashKey(first: 1, second: 2))
    for number in 0..<200 { #expect(note(document("user\(number)"), of: "user\(number)", in: &directory)) }
    var cache = ServiceProfileCache()
    var references: Set<UInt32> = []
    var number = 0
    directory.forEach { subscriber in
      let read = cache.profile(of: subscriber, in: directory)
      let direct = ServiceDocument(userData: Array(document("user\(number)").utf8).rawSpan)
      #expect(read?.content == direct.content)
      if let reference = subscriber.serviceProfile { references.insert(reference.content) }
      number += 1
    }
    #expect(references == [0])
  }

  @Test("identities at places that are not those of the profile are read as they were") func elsewhere() {
    let text = "<Other><Identity>sip:a@x.example</Identity></Other>"
    var directory = SubscriberDirectory(key: HashKey(first: 1, second: 2))
    #expect(note(text, of: "u", in: &directory))
    let odd = document("v").replacing(
      "<ServiceProfile>", with: "<Note><Identity>sip:n@x.example</Identity></Note><ServiceProfile>")
    #expect(note(odd, of: "v", in: &directory))
    var cache = ServiceProfileCache()
    var read: [ServiceDocument] = []
    directory.forEach { if let document = cache.profile(of: $0, in: directory) { read.append(document) } }
    #expect(read.map(\.content) == [text, odd].map { ServiceDocument(userData: Array($0.utf8).rawSpan).content })
  }

  @Test("contents beyond the bound are not kept, and those that are stay") func bound() {
    var store = ServiceProfileStore()
    let key = HashKey(first: 1, second: 2)
    let filler = String(repeating: "x", count: 1 << 20)
    var kept = 0
    for number in 0..<20 {
      let text = document("u", server: "sip:\(number)@\(filler)")
      if store.note(Array(text.utf8).rawSpan, key: key) != nil { kept += 1 }
    }
    #expect(kept == 15 && store.contents.count == 15)
    #expect(store.note(Array(document("w", server: "sip:0@\(filler)").utf8).rawSpan, key: key)?.content == 0)
    let many = String(repeating: "<Identity>sip:a@x.example</Identity>", count: 1_000)
    #expect(store.note(Array(many.utf8).rawSpan, key: key) == nil)
  }
}
