// One record as a ladder: a column for each node, an arrow for each message, which opens the message.

const ladderSizes = { left: 76, right: 58, side: 46, row: 27, gap: 22, head: 54, least: 108, most: 230, letter: 6.1 };
const markedGap = 1e6;

// How wide a label is; most labels come again.
const ruler = document.createElement('canvas').getContext('2d');
const widths = new Map();

function widthOf(text, isBold) {
  const key = (isBold ? 'b' : 'p') + text;
  if (!widths.has(key)) {
    ruler.font = (isBold ? '600 ' : '') + '12px ' + getComputedStyle(document.documentElement).fontFamily;
    widths.set(key, ruler.measureText(text).width);
  }
  return widths.get(key);
}

// The label, or as much of it as fits, but never less than `least` letters.
function fitted(text, least, room, isBold) {
  const shown = visible(text);
  if (widthOf(shown, isBold) <= room) return shown;
  let length = shown.length - 1;
  while (length > least && widthOf(shown.slice(0, length) + '\u2026', isBold) > room) length -= 1;
  return shown.slice(0, length) + '\u2026';
}

// Columns from the user inwards; of two users the one that begins is on the left.
function ladderColumns(events, streams) {
  const order = [];
  for (const event of events) for (const number of [event[1], event[2]]) if (!order.includes(number)) order.push(number);
  for (const stream of streams) for (const end of [stream.from, stream.to]) if (!order.includes(end)) order.push(end);
  const rank = (number) => {
    const node = report.nodes[number];
    return number === events[0]?.[1] && node?.roles[0] === 'UE' ? -1 : node?.rank ?? report.unknown_rank;
  };
  return order.map((number, place) => ({ number, rank: rank(number), place }))
    .sort((one, other) => one.rank - other.rank || one.place - other.place).map((entry) => entry.number);
}

// Repetitions stand with the message that they repeat, unless all are asked for.
function foldedEvents(events, all) {
  const arrows = [];
  const latest = new Map();
  for (const event of events) {
    const [at, from, to, label, frame, again = 0, name] = event;
    const key = from + ' ' + to + ' ' + label;
    if (again % 2 === 1 && !all && latest.has(key)) {
      latest.get(key).number += 1 + (again >> 1);
      continue;
    }
    const arrow = { place: arrows.length, at, from, to, label: report.labels[label], labelNumber: label, frame, name: name ?? String(frame), number: 1 + (again >> 1), repeated: again % 2 === 1 };
    arrows.push(arrow);
    if (again % 2 === 0) latest.set(key, arrow);
  }
  return arrows;
}

function hasRepetitions(events) {
  return events.some((event) => (event[5] ?? 0) % 2 === 1);
}

function ladder(events, streams, causeFrames, width, all, onOpen) {
  const columns = ladderColumns(events, streams);
  const { left, right, side, row, gap, head, least, most } = ladderSizes;
  const between = columns.length > 1 ? Math.min(most, Math.max(least, (width - left - right - 2 * side - 2) / (columns.length - 1))) : most;
  const x = (number) => left + side + columns.indexOf(number) * between;
  const wide = left + 2 * side + (columns.length - 1) * between + right;
  const arrows = foldedEvents(events, all);

  const heading = drawing('svg', { class: 'heads', width: wide, height: head, 'aria-hidden': 'true' }, columns.map((number) => {
    const node = report.nodes[number];
    const isMedia = typeof number === 'string';
    const [address, port] = isMedia ? [number, ''] : splitAddress(node?.id ?? '?');
    const letters = Math.floor((between - 8) / ladderSizes.letter);
    return drawing('g', {},
      drawing('text', { class: 'role', x: x(number), y: 17, 'text-anchor': 'middle' }, isMedia ? 'media' : node?.roles.length ? node.heading : '?'),
      drawing('text', { class: 'address', x: x(number), y: 32, 'text-anchor': 'middle' }, shortened(address, letters)),
      drawing('text', { class: 'address', x: x(number), y: 46, 'text-anchor': 'middle' }, port),
      drawing('title', {}, endName(number) + ' ' + (node?.host_names ?? []).join(' ')));
  }));

  let y = 8;
  let previous;
  const edges = streamEdges(streams);
  const edgeRows = new Map();
  // Messages stand in the order of the capture, the ends of media between them by time.
  const entries = arrows.flatMap((arrow) => {
    const before = edges.findIndex((edge) => edge.at >= arrow.at);
    return [...edges.splice(0, before < 0 ? edges.length : before), arrow];
  }).concat(edges);
  const parts = entries.flatMap((arrow) => {
    const drawn = [];
    if (previous !== undefined && arrow.at - previous > markedGap) {
      drawn.push(drawing('rect', { class: 'gap', x: left + 8, y: y + 3, width: wide - left - right - 8, height: gap - 6 }));
      drawn.push(drawing('text', { class: 'gap', x: left + 16, y: y + gap / 2 + 4 }, '+' + duration((arrow.at - previous) / 1000)));
      y += gap;
    }
    previous = arrow.at;
    if (arrow.stream) {
      drawn.push(streamEdge(arrow, x, y, wide, between));
      const place = edgeRows.get(arrow.stream.place) ?? { first: y + row - 7 };
      edgeRows.set(arrow.stream.place, { ...place, last: y + row - 7 });
    } else drawn.push(ladderArrow(arrow, x, y, wide, between, causeFrames.has(arrow.frame), onOpen));
    y += row;
    return drawn;
  });
  const height = y + 10;
  const lifelines = columns.map((number) => drawing('line', { class: 'lifeline', x1: x(number), x2: x(number), y1: 0, y2: height }));
  const body = drawing('svg', { class: 'arrows', width: wide, height, role: 'group', 'aria-label': many(arrows.length, 'message') }, lifelines, streamBands(streams, x, edgeRows), parts);
  return element('div', { class: 'ladder' }, heading, body);
}

function splitAddress(id) {
  const match = /^(.*):(\d+)$/.exec(id);
  return match ? [match[1].replace(/^\[|\]$/g, ''), ':' + match[2]] : [id, ''];
}

function ladderArrow(arrow, x, y, wide, between, isCause, onOpen) {
  const [label, shortLabel, tone, protocol] = arrow.label;
  const { left, right, row } = ladderSizes;
  const from = x(arrow.from);
  const to = x(arrow.to);
  const base = y + row - 7;
  const times = arrow.number > 1 ? ' \u00d7' + arrow.number : '';
  const prefix = tone === 'bad' ? marks.bad + ' ' : '';
  const isOwn = from === to;
  const room = isOwn ? between - 30 : Math.abs(to - from) - 16;
  // What failed stands in bold.
  const isBold = tone === 'bad';
  const text = fitted(prefix + label, (prefix + shortLabel).length, room - widthOf(times, isBold), isBold) + times;
  const seconds = (arrow.at / 1e6).toFixed(arrow.at < 1e8 ? 4 : 3);
  const way = to > from ? 1 : -1;
  const line = isOwn
    ? drawing('path', { class: 'shaft', d: 'M' + from + ' ' + (base - 8) + ' h16 v8 h-10', fill: 'none' })
    : drawing('line', { class: 'shaft', x1: from, x2: to - way * 6, y1: base, y2: base });
  const tip = isOwn ? from : to;
  const turn = isOwn ? -1 : way;
  return drawing('g', {
    class: 'arrow tone-' + tone + (protocol === 'SIP' ? '' : ' diameter') + (isCause ? ' cause' : '') + (arrow.repeated ? ' repeated' : ''),
    tabindex: 0, role: 'button', 'data-frame': arrow.frame,
    'aria-label': seconds + ' s, ' + label + times + ' from ' + nodeName(arrow.from) + ' to ' + nodeName(arrow.to) + ', frame ' + arrow.name + (isCause ? ', evidence of the cause' : ''),
    onclick: () => onOpen(arrow), onkeydown: (event) => {
      if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); onOpen(arrow); }
    },
  },
    drawing('rect', { class: 'hit', x: 2, y: y + 1, width: wide - 4, height: row - 1, rx: 3 }),
    isCause && drawing('rect', { class: 'causemark', x: 2, y: y + 1, width: 3, height: row - 1 }),
    drawing('text', { class: 'time', x: left - 12, y: base, 'text-anchor': 'end' }, seconds),
    line,
    drawing('path', { class: 'head', d: 'M' + tip + ' ' + base + ' l' + (-turn * 9) + ' -4 v8 z' }),
    drawing('text', { class: 'label', x: isOwn ? from + 22 : (from + to) / 2, y: isOwn ? base : base - 5, 'text-anchor': isOwn ? 'start' : 'middle' }, text),
    drawing('text', { class: 'frame', x: wide - 8, y: base, 'text-anchor': 'end' }, shortened(arrow.name, 12)),
    drawing('title', {}, (protocol === 'SIP' ? '' : protocol + ' ') + label + times + '\n' + nodeName(arrow.from) + ' \u2192 ' + nodeName(arrow.to) + '\nframe ' + arrow.name));
}

// The messages of a frame, of which the one that an arrow shows comes first.
function messagesOfArrow(arrow) {
  const found = (report.messagesOfFrame.get(arrow.frame) ?? []).map(messageOf).filter(Boolean);
  const same = (message) => message.from === arrow.from && message.to === arrow.to && message.title.startsWith(arrow.label[1].split(' ')[0]);
  return found.length > 1 && found.some(same) ? found.filter(same) : found;
}

function messageLines(message) {
  const lines = message.text.split('\n').filter((line) => line !== '').map((line) => {
    const indent = Math.max(0, (/^ */.exec(line)[0].length - 8) / 4);
    return { indent, text: line.trimStart() };
  });
  return element('div', { class: 'message-text' }, lines.map(({ indent, text }) => {
    const match = /^([A-Za-z][A-Za-z0-9-]*(?: \([^)]*\))?):(?: (.*))?$/s.exec(text);
    return element('div', { class: 'line indent-' + Math.min(indent, 8) },
      match ? [element('span', { class: 'name' }, match[1] + ':'), match[2] ? ' ' + match[2] : ''] : text);
  }));
}
