/// What kind of call it is and what happened in it, in words that lists and filters can use, in one order.
enum CallFeatures {
  /// What an emitted call shows.
  static func features(of call: Call, _ story: CallStory) -> [String] {
    let changes = call.sessions.flatMap(\.exchanges).flatMap(\.changes)
    let media = call.sessions.flatMap(\.media)
    func has(_ change: String) -> Bool { changes.contains(change) }
    // A REFER outside of the dialog has one of its own.
    let isCarried = call.dialogs.contains { $0.joinedBy != .callID && $0.joinedBy != .targetDialog }
    let rows: [(String, Bool)] = [
      ("emergency", call.isEmergency),
      ("video", has("video_begun") && !isOnlyLater("video_begun", call)),
      ("messaging", has("message_begun") || has("message_added")),
      ("file_transfer", media.contains { $0.file != nil }),
      ("fax", media.contains(where: \.isT38)),
      ("forked", isForked(call)),
      ("b2bua", isCarried),
      ("early_media", story.hasEarlyMedia),
      ("reliable_provisional", story.hasReliableProvisional),
      ("preconditions", media.contains { $0.hasResources != nil }),
      ("forwarded", !story.diversions.isEmpty && call.outcome != .redirected),
      ("hold", changes.contains { $0.hasPrefix("held_by_") }),
      ("codec_changed", changes.contains { $0.hasSuffix("_codec_changed") }),
      ("video_added", has("video_added")), ("video_removed", has("video_removed")),
      ("session_refresh", story.isRefreshed),
      ("transfer", story.transfers.contains { $0.kind == .blind || $0.kind == .attended }),
      ("transferred", call.related.contains { $0.relation == .transferOf || $0.relation == .replacementOf }),
      ("conference", story.focus != nil),
      ("access_transfer", call.related.contains { $0.relation == .accessTransferOf }),
      ("access_transferred", call.related.contains { $0.relation == .accessTransferredBy }),
      ("restoration", isRestoration(call)),
      ("location", story.hasLocation),
    ]
    return rows.filter(\.1).map(\.0)
  }

  /// Whether a node sent the INVITE on to several at once, and more than one of them answered something: one that is silent
  /// may just have been given up.
  private static func isForked(_ call: Call) -> Bool {
    call.branches.count { $0.isParallel && $0.outcome != .unanswered } > 1
  }

  /// Whether no dialog began with it: a fork, or another side, repeats what the first one did.
  private static func isOnlyLater(_ change: String, _ call: Call) -> Bool {
    !call.sessions.contains { $0.exchanges.first { $0.outcome == .answered }?.changes.contains(change) ?? false }
  }

  /// Whether a node said that the S-CSCF of a user is to be restored (TS 23.380, TS 24.229 section 7.6).
  private static func isRestoration(_ call: Call) -> Bool {
    call.bodies.contains { body in
      guard body.contentType == "application/3gpp-ims+xml", case .ims(let information) = body.document.content else {
        return false
      }
      return information.alternativeService?.type == "restoration"
    }
  }
}
