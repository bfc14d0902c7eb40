import CaptureFacts
import ServiceDocuments

/// What is found wrong between a service profile and what the S-CSCF did, one rule a row; every rule that matches is a
/// finding.
enum ServiceInvocationRules {
  /// The application servers of one request of a user, in the order of the profile.
  struct Evidence {
    let invocations: [ServiceInvocation]
    let nodes: NodeDirectory
  }

  static let rules: [CauseRule<Evidence>] = [notAsked, failed, outOfOrder]

  /// TS 24.229 sections 5.4.3.2 and 5.4.1.7: where a condition holds, the S-CSCF sends the request to its application server.
  private static let notAsked = CauseRule<Evidence>(key: "application_server_not_asked", severity: .warning) {
    evidence in
    let missing = evidence.invocations.filter { $0.state == .notAsked }
    guard let first = missing.first else { return nil }
    let servers = missing.map { server in
      "\(server.applicationServer)\(server.priority.map { " (priority \($0): \(server.trigger))" } ?? " (\(server.trigger))")"
    }
    return CauseRule.Match(
      sentence: "\(CauseText.name(first.servingCSCF, evidence.nodes)) did not pass \(first.method) to "
        + "\(servers.joined(separator: ", ")), though the filter criteria of the user's profile apply",
      frames: [first.requestFrame])
  }

  /// TS 24.229 section 5.4.3.2: no answer, 408 or 5xx of an application server leaves it to the default handling.
  private static let failed = CauseRule<Evidence>(key: "application_server_failed", severity: .warning) { evidence in
    guard let server = evidence.invocations.first(where: \.hasFailed) else { return nil }
    let answer = server.status.map { "answered \(server.method) with \($0)" } ?? "did not answer \(server.method)"
    let handling: String
    switch server.defaultHandling {
    case .sessionContinued: handling = ", the profile says to go on without it (SESSION_CONTINUED)"
    case .sessionTerminated: handling = ", the profile says to end the session then (SESSION_TERMINATED)"
    case nil: handling = ""
    }
    return CauseRule.Match(
      sentence: "application server \(server.applicationServer) \(answer) of "
        + "\(CauseText.name(server.servingCSCF, evidence.nodes))\(handling)",
      frames: [server.requestFrame, server.askedFrame])
  }

  /// TS 24.229 section 5.4.3.2: in the order of the priorities, the lowest number first.
  private static let outOfOrder = CauseRule<Evidence>(
    key: "application_servers_out_of_order", severity: .warning
  ) { evidence in
    let asked = evidence.invocations.compactMap { server in server.askedFrame.map { (server, $0) } }
    guard let place = asked.indices.dropFirst().first(where: { asked[$0].1 < asked[$0 - 1].1 }) else { return nil }
    let (late, early) = (asked[place - 1], asked[place])
    guard let first = late.0.priority, let second = early.0.priority, first < second else { return nil }
    return CauseRule.Match(
      sentence: "\(CauseText.name(early.0.servingCSCF, evidence.nodes)) passed \(early.0.method) to "
        + "\(early.0.applicationServer) (priority \(second)) before \(late.0.applicationServer) (priority \(first))",
      frames: [early.1, late.1])
  }
}

extension ServiceInvocation {
  /// Whether it was asked, and what came back leaves it to the default handling (TS 24.229 section 5.4.3.2).
  fileprivate var hasFailed: Bool {
    guard state == .asked else { return false }
    guard let status else { return true }
    return status == 408 || (500..<600).contains(status)
  }
}
