// The parts of the report that are looked at, one at a time.

function heading(text, ...beside) {
  return element('div', { class: 'heading' }, element('h1', {}, text), beside);
}

function percent(part, all) {
  return all > 0 ? (part / all * 100).toFixed(part === all ? 0 : 1) + ' %' : '\u2013';
}

function tile(title, value, detail, tone, target) {
  return element('a', { class: 'tile', href: target }, element('span', { class: 'faint' }, title),
    element('strong', {}, value), element('span', { class: tone ? 'tone-' + tone : 'faint' }, detail));
}

function failuresOf(name) {
  return report.rows[name].filter((row) => toneOf(report.byOrdinal[row[0]]) === 'bad').length;
}

function captureLine() {
  const capture = report.capture;
  return many(capture.frame_count, 'frame') + ' \u00b7 ' + (capture.first_time ?? '').replace('T', ' ').replace(/\.(\d{3})\d*Z$/, '.$1 UTC')
    + ' \u00b7 ' + duration(capture.duration_ms ?? 0);
}

function tiles() {
  const { registrations, calls, rfc6076 } = report.statistics;
  const failedRegistrations = failuresOf('registrations');
  const failedCalls = failuresOf('calls');
  const failed = (number, all) => number > 0 ? [marks.bad + ' ' + count(number) + ' failed', 'bad'] : all > 0 ? ['none failed', 'good'] : ['none seen', null];
  const list = [
    tile('Registrations', count(registrations.total), ...failed(failedRegistrations, registrations.total), '#registrations'),
    tile('Calls', count(calls.total), ...failed(failedCalls, calls.total), '#calls'),
    tile('Registered', percent(registrations.by_outcome.accepted ?? 0, registrations.total),
      rfc6076.rrd_ms?.count > 0 ? 'median ' + duration(rfc6076.rrd_ms.p50) : '', null, '#registrations'),
    tile('Answered calls', percent(calls.by_outcome.answered ?? 0, calls.total),
      rfc6076.srd_ms?.count > 0 ? 'rang after ' + duration(rfc6076.srd_ms.p50) + ' (median)' : '', null, '#calls'),
    tile('Findings', count(report.findings.length), ['error', 'warning', 'note'].map((severity) => [severity, report.statistics.findings[severity]])
      .filter(([, number]) => number > 0).map(([severity, number]) => many(number, severity)).join(', ') || 'nothing to report',
    report.statistics.findings.error > 0 ? 'bad' : null, '#findings'),
    tile('Subscribers', count(report.subscribers.length), many(report.nodes.length, 'node'), null, '#subscribers'),
  ];
  return element('div', { class: 'tiles' }, list);
}

const severityOrder = { error: 0, warning: 1, note: 2 };

function worstFirst(findings) {
  return [...findings].sort((one, other) => severityOrder[one.severity] - severityOrder[other.severity]);
}

function coverageLine() {
  const coverage = report.coverage;
  const gaps = Object.entries(coverage).filter(([key, value]) => typeof value === 'number' && value > 0 && !/messages$|observations$/.test(key));
  return element('section', { class: 'coverage' }, element('h2', {}, 'Coverage'),
    element('p', {}, many(coverage.sip_messages, 'SIP message') + ' and ' + many(coverage.diameter_messages, 'Diameter message') + ' were read.',
      gaps.length > 0 && element('span', { class: 'tone-caution' }, ' Not seen into: ' + gaps.map(([key, value]) => words(key) + ' ' + count(value)).join(', ') + '.')),
    report.records_not_shown && element('p', { class: 'tone-caution' }, many(report.records_not_shown, 'record') + ' are not in this page, for there are too many.'),
    report.records_without_messages && element('p', { class: 'faint' }, 'The messages of ' + many(report.records_without_messages, 'record') + ' with findings are left out; --html-messages all holds all.'),
    report.statistics.covers && element('p', {}, 'Only what matches ' + report.statistics.covers.filter + ': ' + count(report.statistics.covers.records) + ' of ' + count(report.statistics.covers.of_records) + ' records.'));
}

function diameterTable() {
  const commands = report.statistics.diameter ?? [];
  if (commands.length === 0) return null;
  const rows = commands.flatMap((command) => {
    const results = [...(command.results ?? []).map((result) => {
      const code = result.result_code ?? result.experimental_result_code;
      return [code + ' ' + (result.result_name ?? '').replace(/^DIAMETER_/, ''), result.count, code >= 2000 && code < 3000 ? 'good' : 'bad'];
    }), ...(command.unanswered > 0 ? [['no answer', command.unanswered, 'bad']] : [])];
    return results.map(([name, number, tone], place) => element('tr', {},
      place === 0 ? [command.interface, command.command].map((text) => element('td', {}, text)) : element('td', { colspan: 2 }),
      element('td', { class: 'number' }, place === 0 ? count(command.attempts) : ''),
      element('td', { class: 'tone-' + tone }, marks[tone] + ' ' + name), element('td', { class: 'number' }, count(number)),
      ['p50', 'p95', 'max'].map((key) => element('td', { class: 'number' }, place === 0 && command.answer_ms.count > 0 ? duration(command.answer_ms[key]) : ''))));
  });
  const titles = [['on', ''], ['asked', ''], ['times', 'number'], ['answered', ''], ['count', 'number'], ['p50', 'number'], ['p95', 'number'], ['longest', 'number']];
  return element('section', {}, element('h2', {}, 'Diameter'), element('div', { class: 'table' }, element('table', {},
    element('thead', {}, element('tr', {}, titles.map(([title, style]) => element('th', { scope: 'col', class: style }, title)))), element('tbody', {}, rows))));
}

const views = {
  overview() {
    const findings = firstOfEachRule(worstFirst(report.findings));
    return [
      heading(report.capture.files.map((file) => file.file.split('/').pop()).join(', '), element('p', { class: 'faint' }, captureLine())),
      tiles(),
      element('section', {}, element('h2', {}, 'Findings'),
        findings.length > 0 ? findingList(findings, 8) : element('p', { class: 'faint' }, 'Nothing to report.'),
        report.findings.length > findings.length && element('p', { class: 'more' }, element('a', { href: '#findings' }, 'All ' + count(report.findings.length) + ' findings'))),
      element('div', { class: 'charts' }, outcomesChart('Registrations', 'registrations'), outcomesChart('Calls', 'calls'), timesChart(), codesChart()),
      networkDrawing(), diameterTable(), coverageLine(),
    ];
  },
  findings(rule) {
    const findings = worstFirst(report.findings).filter((finding) => !rule || finding.rule === rule);
    return [heading('Findings', element('p', { class: 'faint' }, rule ? many(findings.length, 'finding') + ' of the kind ' + words(rule) : many(findings.length, 'finding')),
      rule && element('a', { href: '#findings' }, 'all')), findingList(findings, 500),
      findings.length > 500 && element('p', { class: 'faint' }, 'The first 500; search finds the others.')];
  },
  registrations: () => tableView('Registrations', 'registrations'),
  calls: () => tableView('Calls', 'calls'),
  messaging: () => tableView('Messages and subscriptions', 'messaging'),
  subscribers() {
    return [heading('Subscribers', element('p', { class: 'faint' }, count(report.subscribers.length))), subscriberTable(report.subscribers, stateOf('subscribers'))];
  },
  nodes() {
    return [heading('Nodes', element('p', { class: 'faint' }, count(report.nodes.length))), networkDrawing(), connectionTables(), nodeTable(report.nodes)];
  },
};

function tableView(title, name) {
  const table = report.tables.find((candidate) => candidate.name === name);
  return [heading(title, element('p', { class: 'faint' }, count(report.rows[name].length))), searchableTable(table)];
}

function nodeTable(nodes) {
  const titles = ['role', 'node', 'names', 'sent', 'received', 'evidence'];
  return element('div', { class: 'table' }, element('table', {},
    element('thead', {}, element('tr', {}, titles.map((title) => element('th', { scope: 'col', class: title === 'sent' || title === 'received' ? 'number' : null }, title)))),
    element('tbody', {}, [...nodes].sort((one, other) => one.rank - other.rank).slice(0, 500).map((node) => element('tr', {},
      element('td', {}, node.roles.join(', ') || '?'), element('td', { class: 'identity', title: node.addresses.join(' ') }, node.id),
      element('td', { class: 'words' }, (node.host_names ?? []).join(', ')),
      element('td', { class: 'number' }, count(node.sent_messages)), element('td', { class: 'number' }, count(node.received_messages)),
      element('td', { class: 'words' }, node.evidence.map((evidence) => evidence.behaviour + ' (frame ' + evidence.frame + ')').join(', '))))),
  ), nodes.length > 500 && element('p', { class: 'faint' }, 'and ' + many(nodes.length - 500, 'other')));
}

// What is below the messages: Diameter connections, SCTP associations, connections in trouble.

function plainTable(title, headings, rows) {
  return rows.length > 0 && element('section', {}, element('h2', {}, title + ' ' + count(rows.length)), element('div', { class: 'table' }, element('table', {},
    element('thead', {}, element('tr', {}, headings.map((heading) => element('th', { scope: 'col' }, heading)))),
    element('tbody', {}, rows.slice(0, 500).map((row) => element('tr', {}, row.map((text) => element('td', { class: 'words' }, text))))))));
}

function connectionTables() {
  const end = (peer) => [peer.origin_host, peer.node].filter(Boolean).join(' ');
  const applications = (peer) => (peer.applications ?? []).map((application) => application.name ?? application.id).join(', ');
  return [
    plainTable('Diameter connections', ['client', 'server', 'transport', 'applications', 'messages', 'watchdogs without answer', 'longest silence'],
      report.diameter_peers.map(({ client, server, transport }) => [end(client), end(server), transport, applications(client),
        count((client.messages_sent ?? 0) + (server.messages_sent ?? 0)), count((client.watchdogs_unanswered ?? 0) + (server.watchdogs_unanswered ?? 0)),
        duration(Math.max(client.longest_silence_ms ?? 0, server.longest_silence_ms ?? 0))])),
    plainTable('SCTP associations', ['from', 'to', 'state', 'paths', 'restarts', 'missing chunks', 'heartbeats without answer'],
      report.associations.map((association) => [(association.from_addresses ?? [association.from]).join(', ') + ' port ' + association.from_port,
        (association.to_addresses ?? [association.to]).join(', ') + ' port ' + association.to_port, words(association.state), count(association.paths.length),
        count(association.restarts), count((association.sent?.missing_chunks ?? 0) + (association.received?.missing_chunks ?? 0)),
        count(association.paths.reduce((sum, path) => sum + path.heartbeats_unanswered, 0))])),
    plainTable('Connections in trouble', ['kind', 'from', 'to', 'times', 'first frame'],
      report.incidents.map((incident) => [words(incident.event) + (incident.cause_name ? ', ' + incident.cause_name : ''), incident.from_node ?? incident.from, incident.to_node ?? incident.to, count(incident.count), incident.frames[0]])),
  ];
}

function facts(record) {
  return element('dl', { class: 'facts' }, record.f.map(([name, value, tone]) => [
    element('dt', {}, name), element('dd', { class: tone ? 'tone-' + tone : null }, tone ? marks[tone] + ' ' : '', value)]));
}

function ladderSection(events, streams, causeFrames, title) {
  const holder = element('div', { class: 'scroll ladder-holder', tabindex: 0, 'aria-label': title });
  let all = false;
  const draw = () => {
    const width = holder.clientWidth || document.getElementById('main').clientWidth - 4;
    holder.replaceChildren(ladder(events, streams, causeFrames, width, all, (arrow) => openMessage(arrow, holder)));
  };
  holder.redraw = draw;
  requestAnimationFrame(draw);
  const toggle = hasRepetitions(events) && element('button', {
    type: 'button', 'aria-pressed': 'false', onclick: () => {
      all = !all;
      toggle.setAttribute('aria-pressed', String(all));
      draw();
    },
  }, 'Show repeated messages');
  return element('section', {}, element('div', { class: 'tools' }, element('h2', {}, title), toggle,
    element('span', { class: 'faint' }, 'solid SIP, dashed Diameter' + (streams.length > 0 ? ', thick media' : '') + '; a click or Enter opens the message')), holder);
}

function titleOf(entry) {
  const values = Object.fromEntries(entry.table.columns.map(([title], place) => [title, entry.row[place + 1]]));
  switch (entry.table.name) {
    case 'calls': return 'Call ' + identity(values.caller) + ' \u2192 ' + identity(values.callee);
    case 'registrations': return 'Registration of ' + identity(values.identity);
    default: return [values.method, values.event, identity(values.from) + ' \u2192 ' + identity(values.to)].filter(Boolean).join(' ');
  }
}

function recordView(entry) {
  const record = recordOf(entry.row[0]);
  const findings = report.findingsOf.get(entry.id) ?? [];
  const rows = report.rows[entry.table.name];
  const place = rows.indexOf(entry.row);
  const beside = [['\u2190 previous', place - 1], ['next \u2192', place + 1]].filter(([, other]) => other >= 0 && other < rows.length)
    .map(([text, other]) => element('a', { href: '#' + rows[other][2] }, text));
  const [outcome, tone] = record.o ?? ['', 'plain'];
  return [
    element('p', { class: 'path' }, element('a', { href: '#' + entry.table.name }, entry.table.name), ' / ', entry.id, element('span', { class: 'beside' }, beside)),
    heading(titleOf(entry), outcome && badge(outcome, tone)),
    findings.length > 0 && findingList(findings),
    facts({ f: record.f.filter(([name]) => !(name === 'cause' && findings.length > 0)) }),
    ladderSection(record.e, streamsOf(record), new Set(record.x), 'Messages'),
    qualitySection(record),
  ];
}

function subscriberView(subscriber) {
  const parts = ['registrations', 'calls', 'messaging'];
  const events = parts.flatMap((part) => subscriber[part]).map((ordinal) => report.byOrdinal[ordinal]).filter(Boolean)
    .sort((one, other) => one.row[1] - other.row[1]);
  const shown = events.slice(0, 40);
  const start = shown[0]?.row[1] ?? 0;
  const merged = shown.flatMap((entry) => recordOf(entry.row[0]).e.map((event) => [event[0] + entry.row[1] - start, ...event.slice(1)]))
    .sort((one, other) => one[0] - other[0]);
  const streams = shown.flatMap((entry) => streamsOf(recordOf(entry.row[0]))
    .map((stream) => ({ ...stream, start: stream.start + entry.row[1] - start, end: stream.end + entry.row[1] - start })))
    .map((stream, place) => ({ ...stream, place }));
  const causeFrames = new Set(shown.flatMap((entry) => recordOf(entry.row[0]).x ?? []));
  return [
    element('p', { class: 'path' }, element('a', { href: '#subscribers' }, 'subscribers'), ' / ', subscriber.id),
    heading(identity(subscriber.impus[0] ?? subscriber.impis[0] ?? subscriber.id)),
    facts(subscriber),
    parts.map((part) => {
      const rows = subscriber[part].map((ordinal) => report.byOrdinal[ordinal]?.row).filter(Boolean);
      const table = report.tables.find((candidate) => candidate.name === part);
      return rows.length > 0 && element('section', {}, element('h2', {}, part === 'messaging' ? 'Messages and subscriptions' : part[0].toUpperCase() + part.slice(1)), recordTable(table, rows));
    }),
    merged.length > 0 && ladderSection(merged, streams, causeFrames, events.length > shown.length ? 'Messages of the first ' + shown.length + ' records' : 'Messages'),
  ];
}

function searchView(text) {
  const needles = needlesOf(text);
  const findings = report.findings.filter((finding) => holds(finding, needles));
  const subscribers = report.subscribers.filter((subscriber) => holds(subscriber, needles));
  const nodes = report.nodes.filter((node) => holds(node, needles));
  const sections = [];
  let total = findings.length + subscribers.length + nodes.length;
  for (const table of report.tables) {
    const rows = report.rows[table.name].filter((row) => holds(row, needles));
    total += rows.length;
    if (rows.length > 0) sections.push(element('section', {}, element('h2', {}, table.name + ' ' + count(rows.length)), recordTable(table, rows)));
  }
  return [
    heading('Search', element('p', { class: 'faint', role: 'status' }, many(total, 'match', 'matches') + ' for ' + text)),
    findings.length > 0 && element('section', {}, element('h2', {}, 'findings ' + count(findings.length)), findingList(worstFirst(findings), 50)),
    sections,
    subscribers.length > 0 && element('section', {}, element('h2', {}, 'subscribers ' + count(subscribers.length)), subscriberTable(subscribers)),
    nodes.length > 0 && element('section', {}, element('h2', {}, 'nodes ' + count(nodes.length)), nodeTable(nodes)),
  ];
}

// The message beside the ladder.

function openMessage(arrow, holder) {
  const panel = document.getElementById('message');
  const current = () => [...holder.querySelectorAll('.arrow')];
  if (panel.hidden) {
    // The ladder gets narrower beside the message.
    panel.hidden = false;
    document.body.classList.add('with-message');
    holder.redraw();
  }
  for (const other of document.querySelectorAll('.arrow.open')) other.classList.remove('open');
  const node = current()[arrow.place];
  node?.classList.add('open');
  node?.focus({ preventScroll: true });
  const step = (by) => {
    const next = current()[arrow.place + by];
    next?.focus();
    next?.dispatchEvent(new MouseEvent('click'));
  };
  const found = messagesOfArrow(arrow);
  const head = element('div', { class: 'heading' }, element('h2', {}, arrow.label[0]),
    element('span', { class: 'buttons' },
      element('button', { type: 'button', 'aria-label': 'previous message', onclick: () => step(-1) }, '\u2191'),
      element('button', { type: 'button', 'aria-label': 'next message', onclick: () => step(1) }, '\u2193'),
      element('button', { type: 'button', 'aria-label': 'close', onclick: closeMessage }, '\u2715')));
  const detail = found.length > 0
    ? found.map((message) => [
      element('p', { class: 'faint' }, 'frame ' + message.frame + ' \u00b7 ' + message.transport.toUpperCase() + ' \u00b7 ' + message.time.slice(11)),
      element('p', {}, nodeName(message.from) + ' \u2192 ' + nodeName(message.to)),
      messageLines(message),
      message.cut && element('p', { class: 'tone-caution' }, 'cut: ' + count(message.cut) + ' more octets')])
    : [element('p', { class: 'faint' }, 'frame ' + arrow.name), element('p', {}, nodeName(arrow.from) + ' \u2192 ' + nodeName(arrow.to)),
      element('p', {}, 'This page does not hold the message. The command shows it:'),
      element('code', {}, 'imstrace show --message ' + arrow.frame + ' ' + report.capture.files.map((file) => file.file).join(' '))];
  panel.replaceChildren(head, ...[detail].flat(Infinity).filter(Boolean));
  panel.scrollTop = 0;
}

function closeMessage() {
  const panel = document.getElementById('message');
  if (panel.hidden) return;
  panel.hidden = true;
  document.body.classList.remove('with-message');
  const holder = document.querySelector('.arrow.open')?.closest('.ladder-holder');
  const place = [...holder?.querySelectorAll('.arrow') ?? []].findIndex((arrow) => arrow.classList.contains('open'));
  holder?.redraw();
  holder?.querySelectorAll('.arrow')[place]?.focus({ preventScroll: true });
}
