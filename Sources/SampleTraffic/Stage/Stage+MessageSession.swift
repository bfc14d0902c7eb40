import CaptureFacts

extension Stage {
  /// Messages both ways over MSRP (RFC 4975): the caller opens the connection to the path of the callee (section 5.4). It
  /// sends a message in two chunks, which is confirmed (section 7.1.2), and one that looks like the end of another; what
  /// the callee sends is too long for it.
  mutating func exchangeMessages(_ dialog: SIPDialog, of call: String) {
    let start = clock
    defer { clock = start }
    let server = Endpoint(address: dialog.calleeMedia.address, port: dialog.calleeMedia.port)
    let client = Endpoint(address: dialog.callerMedia.address, port: 49_152 + UInt16(random.next() % 10_000))
    var truths = [(client, server), (server, client)].map { source, destination in
      MessageSessionTruth(call: call, source: source.description, destination: destination.description)
    }
    func put(_ stage: inout Stage, _ text: String, isFromClient: Bool) {
      stage.clock += 20_000_000
      stage.transmit(
        .stream(Array(text.utf8)), from: isFromClient ? client : server, to: isFromClient ? server : client,
        transport: .tcp, isFromClient: isFromClient)
    }
    let paths = [
      "To-Path: msrp://\(server);tcp\r\nFrom-Path: msrp://\(client);tcp\r\n",
      "To-Path: msrp://\(client);tcp\r\nFrom-Path: msrp://\(server);tcp\r\n",
    ]
    func send(_ stage: inout Stage, _ transaction: String, _ body: String, _ range: String, ends: Bool, by side: Int) {
      truths[side].chunks += 1
      truths[side].octets += body.utf8.count
      if ends { truths[side].messages += 1 }
      put(
        &stage,
        "MSRP \(transaction) SEND\r\n" + paths[side] + "Message-ID: m\(transaction)\r\nByte-Range: \(range)\r\n"
          + "Content-Type: text/plain\r\n\r\n\(body)\r\n-------\(transaction)\(ends ? "$" : "+")\r\n",
        isFromClient: side == 0)
    }
    func answer(_ stage: inout Stage, _ transaction: String, _ status: Int, _ phrase: String, by side: Int) {
      truths[side].responses += 1
      if status >= 300 { truths[side].failures.append(status) }
      put(
        &stage, "MSRP \(transaction) \(status) \(phrase)\r\n" + paths[side] + "-------\(transaction)$\r\n",
        isFromClient: side == 0)
    }
    send(&self, "a786hjs2", "Hello, here I", "1-13/21", ends: false, by: 0)
    answer(&self, "a786hjs2", 200, "OK", by: 1)
    send(&self, "b786hjs2", " am now.", "14-21/21", ends: true, by: 0)
    answer(&self, "b786hjs2", 200, "OK", by: 1)
    truths[1].reports += 1
    put(
      &self,
      "MSRP c786hjs2 REPORT\r\n" + paths[1] + "Message-ID: mb786hjs2\r\nByte-Range: 1-21/21\r\n"
        + "Status: 000 200 OK\r\n-------c786hjs2$\r\n", isFromClient: false)
    send(&self, "d786hjs2", "x\r\n-------e786hjs2$\r\ny", "1-25/25", ends: true, by: 0)
    answer(&self, "d786hjs2", 200, "OK", by: 1)
    send(&self, "f786hjs2", "No.", "1-3/9999999", ends: true, by: 1)
    answer(&self, "f786hjs2", 413, "Stop sending", by: 0)
    truth.messageSessions += truths
  }
}
