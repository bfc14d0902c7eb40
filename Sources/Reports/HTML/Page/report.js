// The data of the report. Rows are read at once; blocks of records and of messages when one of them is looked at.

function stored(id) {
  const node = document.getElementById(id);
  return node ? JSON.parse(node.textContent) : null;
}

const report = {
  ...stored('summary'),
  findings: stored('findings-data') ?? [],
  subscribers: stored('subscribers-data') ?? [],
  rows: {},
  // By id: the table and the row.
  index: new Map(),
  byOrdinal: [],
};

for (const table of report.tables) {
  report.rows[table.name] = stored('t-' + table.name) ?? [];
  for (const row of report.rows[table.name]) {
    const entry = { table, row, id: row[2] };
    report.index.set(entry.id, entry);
    report.byOrdinal[row[0]] = entry;
  }
}
for (const subscriber of report.subscribers) report.index.set(subscriber.id, { subscriber, id: subscriber.id });

report.findingsOf = new Map();
for (const finding of report.findings) {
  for (const id of finding.about) {
    if (!report.findingsOf.has(id)) report.findingsOf.set(id, []);
    report.findingsOf.get(id).push(finding);
  }
}

report.messagesOfFrame = new Map();
report.message_frames.forEach((frame, ordinal) => {
  if (!report.messagesOfFrame.has(frame)) report.messagesOfFrame.set(frame, []);
  report.messagesOfFrame.get(frame).push(ordinal);
});

// The blocks that were read last; a block is some hundred kilobytes.
const blocks = new Map();
const keptBlocks = 64;

function block(id) {
  if (!blocks.has(id)) {
    if (blocks.size >= keptBlocks) blocks.delete(blocks.keys().next().value);
    blocks.set(id, stored(id) ?? []);
  }
  return blocks.get(id);
}

function recordOf(ordinal) {
  const length = report.block_length;
  return block('d' + Math.floor(ordinal / length))[ordinal % length];
}

function messageOf(ordinal) {
  const length = report.block_length;
  return block('m' + Math.floor(ordinal / length))[ordinal % length];
}

function column(table, form) {
  return table.columns.findIndex((candidate) => candidate[1] === form) + 1;
}

function outcomeOf(entry) {
  return entry.row[column(entry.table, 'outcome')];
}

function toneOf(entry) {
  return report.tones[outcomeOf(entry)] ?? 'plain';
}

function nodeName(number) {
  const node = report.nodes[number];
  if (!node) return '?';
  return (node.roles.length ? node.heading + ' ' : '') + node.id;
}

function clock(microseconds, digits = 3) {
  const time = new Date((report.epoch_us + microseconds) / 1000);
  const text = time.toISOString().slice(11, 23);
  return digits === 3 ? text : text.slice(0, 8);
}

function shortID(id) {
  return id.replace(/^([a-z]+-[0-9a-f]{8}).*$/, '$1');
}

function link(id, text) {
  return element('a', { href: '#' + id, title: id }, text ?? shortID(id));
}
