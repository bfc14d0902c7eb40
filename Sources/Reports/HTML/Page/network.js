// The nodes as the architecture of the IMS (TS 23.228 section 4): users on the left, the data of the network above, breakout
// and emergency below.

const places = {
  UE: [0, 1], 'P-CSCF': [1, 1], IBCF: [1, 2], 'I-CSCF': [2, 1], 'S-CSCF': [3, 1], AS: [4, 1], HSS: [2.5, 0], SLF: [3.5, 0],
  DRA: [1.7, 0], PCRF: [1, 0], PCEF: [0, 0], OCS: [4, 0], MME: [0, 0], 'E-CSCF': [2, 2], BGCF: [3, 2], MGCF: [4, 2],
};
const shownOfOneRole = 4;

function networkDrawing() {
  const box = { width: 142, height: 40, between: 10 };
  const grid = { x: 246, y: 0 };
  const groups = new Map();
  const users = report.nodes.filter((node) => node.roles[0] === 'UE').length;
  const shown = new Map();

  function group(place) {
    const key = place.join();
    if (!groups.has(key)) groups.set(key, { place, boxes: [], more: 0 });
    return groups.get(key);
  }

  if (users > 0) {
    const boxOfUsers = { number: -1, title: users === 1 ? 'UE' : 'UE \u00d7 ' + count(users), detail: users === 1 ? report.nodes.find((node) => node.roles[0] === 'UE').id : 'users' };
    group(places.UE).boxes.push(boxOfUsers);
    shown.set(-1, boxOfUsers);
  }
  const busy = report.nodes.map((node, number) => ({ node, number })).filter(({ node }) => node.roles[0] !== 'UE')
    .sort((one, other) => other.node.sent_messages - one.node.sent_messages || one.number - other.number);
  for (const { node, number } of busy) {
    const target = group(places[node.roles[0]] ?? [0, 2]);
    if (target.boxes.length >= shownOfOneRole) {
      target.more += 1;
      continue;
    }
    const entry = { number, title: node.roles.length ? node.heading : '?', detail: node.id, name: node.host_names?.[0] };
    target.boxes.push(entry);
    shown.set(number, entry);
  }

  const rows = [0, 1, 2].map((row) => Math.max(0, ...[...groups.values()].filter((entry) => entry.place[1] === row)
    .map((entry) => entry.boxes.length * (box.height + box.between) + (entry.more ? 16 : 0))));
  const used = [...new Set([...groups.values()].map((entry) => entry.place[0]))].sort((one, other) => one - other);
  const first = used[0] ?? 0;
  const width = Math.max(((used.at(-1) ?? 0) - first) * grid.x + box.width + 2, 360);
  const middles = [];
  let height = 4;
  rows.forEach((size, row) => {
    middles[row] = height + size / 2;
    height += size + (size > 0 && rows.slice(row + 1).some((other) => other > 0) ? 84 : 0);
  });
  for (const entry of groups.values()) {
    const total = entry.boxes.length * (box.height + box.between) - box.between;
    entry.boxes.forEach((item, index) => {
      item.x = (entry.place[0] - first) * grid.x + 1;
      item.y = middles[entry.place[1]] - total / 2 + index * (box.height + box.between);
      item.row = entry.place[1];
    });
  }

  // Of all reference points between two nodes one line.
  const lines = new Map();
  for (const [from, to, name, requests, failures] of report.links) {
    if (from === to || !shown.has(from) || !shown.has(to)) continue;
    const key = from + '-' + to;
    if (!lines.has(key)) lines.set(key, { from: shown.get(from), to: shown.get(to), parts: [], requests: 0, failures: 0 });
    const line = lines.get(key);
    line.parts.push([name, requests, failures]);
    line.requests += requests;
    line.failures += failures;
  }
  let lowest = height;
  const labels = [];
  const drawn = [...lines.values()].map((line) => {
    const [left, right] = line.from.x <= line.to.x ? [line.from, line.to] : [line.to, line.from];
    const start = { x: left.x + box.width / 2, y: left.y + box.height / 2 };
    const end = { x: right.x + box.width / 2, y: right.y + box.height / 2 };
    const tone = line.failures > 0 ? 'bad' : 'plain';
    const thickness = 1.25 + Math.min(3, Math.log10(line.requests + 1));
    let path;
    let middle;
    if (left.row === right.row && end.x - start.x > grid.x * 1.2) {
      // Past the nodes between them, below.
      const depth = start.y + 44 + (end.x - start.x) / grid.x * 10;
      path = 'M' + start.x + ' ' + (left.y + box.height) + ' C' + start.x + ' ' + depth + ' ' + end.x + ' ' + depth + ' ' + end.x + ' ' + (right.y + box.height);
      middle = { x: (start.x + end.x) / 2, y: (left.y + box.height) * 0.25 + depth * 0.75 };
      lowest = Math.max(lowest, middle.y + 20);
    } else {
      path = 'M' + start.x + ' ' + start.y + ' L' + end.x + ' ' + end.y;
      // The middle of what is seen of it between the boxes.
      middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
    }
    const text = line.parts.map(([name, requests]) => name + ' ' + count(requests)).join(' \u00b7 ');
    labels.push(drawing('text', { class: 'link tone-' + tone, x: middle.x, y: middle.y + (left.row === right.row && left.y === right.y ? -6 : 4), 'text-anchor': 'middle' },
      text + (line.failures ? ' ' + marks.bad + ' ' + count(line.failures) : '')));
    return drawing('path', { class: 'link tone-' + tone, d: path, 'stroke-width': thickness },
      drawing('title', {}, line.from.title + ' \u2013 ' + line.to.title + ': '
        + line.parts.map(([name, requests, failures]) => name + ' ' + many(requests, 'request') + (failures ? ', ' + failures + ' failed' : '')).join('; ')));
  });
  const boxes = [...groups.values()].flatMap((entry) => [
    ...entry.boxes.map((item) => drawing('g', { class: 'node' },
      drawing('rect', { x: item.x, y: item.y, width: box.width, height: box.height, rx: 5 }),
      drawing('text', { class: 'role', x: item.x + box.width / 2, y: item.y + 17, 'text-anchor': 'middle' }, item.title),
      drawing('text', { class: 'address', x: item.x + box.width / 2, y: item.y + 32, 'text-anchor': 'middle' }, shortened(item.detail, 24)),
      drawing('title', {}, item.detail + (item.name ? ' ' + item.name : '')))),
    entry.more > 0 && drawing('text', { class: 'address', x: entry.boxes[0].x + box.width / 2, y: entry.boxes.at(-1).y + box.height + 14, 'text-anchor': 'middle' }, 'and ' + many(entry.more, 'other')),
  ]);
  return element('figure', { class: 'panel network' },
    element('figcaption', {}, element('h3', {}, 'Network'), element('span', { class: 'faint' }, 'requests on each reference point; ' + marks.bad + ' refused or not answered')),
    element('div', { class: 'scroll' }, drawing('svg', { viewBox: '0 0 ' + width + ' ' + (lowest + 4), width, height: lowest + 4, role: 'img', 'aria-label': 'the nodes and their links' }, drawn, boxes, labels)));
}

function shortened(text, length) {
  const shown = visible(text);
  return shown.length > length ? shown.slice(0, length - 1) + '\u2026' : shown;
}
