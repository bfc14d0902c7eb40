// Media of a call: bars beside its messages, and loss and jitter over time.

function streamsOf(record) {
  return (record.s ?? []).map(([start, end, from, to, label, figures, tone, firstFrame, lastFrame, series], place) =>
    ({ place, start, end, from, to, label, figures, tone, firstFrame, lastFrame, series }));
}

// The end of a stream: a node, or the address of what sends no messages.
function endName(end) {
  return typeof end === 'string' ? 'media ' + end : nodeName(end);
}

// The first and the last packet of each stream, by time.
function streamEdges(streams) {
  return streams.flatMap((stream) => [{ stream, at: stream.start, isFirst: true }, { stream, at: stream.end, isFirst: false }])
    .sort((one, other) => one.at - other.at);
}

function streamEdge({ stream, at, isFirst }, x, y, wide, between) {
  const { left, row } = ladderSizes;
  const from = x(stream.from);
  const to = x(stream.to);
  const base = y + row - 7;
  const way = to > from ? 1 : -1;
  const words = isFirst ? stream.label : stream.label + ': ' + stream.figures;
  const room = from === to ? between - 30 : Math.abs(to - from) - 16;
  return drawing('g', { class: 'stream tone-' + stream.tone },
    drawing('text', { class: 'time', x: left - 12, y: base, 'text-anchor': 'end' }, (at / 1e6).toFixed(at < 1e8 ? 4 : 3)),
    from !== to && drawing('line', { class: 'shaft', x1: from, x2: to - way * 6, y1: base, y2: base }),
    from !== to && drawing('path', { class: 'head', d: 'M' + to + ' ' + base + ' l' + (-way * 9) + ' -4 v8 z' }),
    drawing('text', { class: 'label', x: from === to ? from + 22 : (from + to) / 2, y: base - 6, 'text-anchor': from === to ? 'start' : 'middle' },
      fitted(words, stream.label.length, room, false)),
    drawing('text', { class: 'frame', x: wide - 8, y: base, 'text-anchor': 'end' }, shortened(isFirst ? stream.firstFrame : stream.lastFrame, 12)),
    drawing('title', {}, (isFirst ? 'first packet, frame ' + stream.firstFrame : 'last packet, frame ' + stream.lastFrame) + '\n'
      + endName(stream.from) + ' \u2192 ' + endName(stream.to) + '\n' + stream.label + ': ' + stream.figures));
}

// A band beside the lifeline of who receives the stream, from its first to its last packet.
function streamBands(streams, x, rows) {
  const beside = new Map();
  return streams.map((stream) => {
    const number = beside.get(stream.to) ?? 0;
    beside.set(stream.to, number + 1);
    const { first, last } = rows.get(stream.place);
    const place = x(stream.to) + (x(stream.from) < x(stream.to) ? -7 - number * 7 : 2 + number * 7);
    return drawing('rect', { class: 'band tone-' + stream.tone, x: place, y: first, width: 5, height: Math.max(last - first, 3), rx: 2 });
  });
}

const qualityChart = { width: 560, height: 140, left: 46, right: 50, top: 10, bottom: 22 };

function qualityFigure(stream) {
  const [milliseconds, losses, jitters] = stream.series;
  const { width, height, left, right, top, bottom } = qualityChart;
  const tall = height - top - bottom;
  const wide = (width - left - right) / losses.length;
  const mostLoss = ceiling(Math.max(10, ...losses) / 10);
  const mostJitter = ceiling(Math.max(1, ...jitters.map((jitter) => (jitter ?? 0) / 1000)));
  const y = (part) => height - bottom - part * tall;
  const second = (place) => (stream.start / 1e6 + place * milliseconds / 1000);
  const grid = [0, 0.5, 1].map((part) => [
    drawing('line', { class: 'grid', x1: left, x2: width - right, y1: y(part), y2: y(part) }),
    drawing('text', { class: 'tick', x: left - 5, y: y(part) + 4, 'text-anchor': 'end' }, part * mostLoss + ' %'),
    drawing('text', { class: 'tick', x: width - right + 5, y: y(part) + 4 }, part * mostJitter + ' ms')]);
  const ends = [[0, left, 'start'], [losses.length, width - right, 'end']].map(([place, x, anchor]) =>
    drawing('text', { class: 'tick', x, y: height - 6, 'text-anchor': anchor }, duration(second(place) * 1000)));
  const bars = losses.map((loss, place) => loss > 0 && drawing('rect', {
    class: 'fill-bad', x: left + place * wide + Math.min(1, wide / 8), y: y(Math.min(1, loss / 10 / mostLoss)),
    width: Math.max(wide - Math.min(2, wide / 4), 0.5), height: Math.max(1, Math.min(1, loss / 10 / mostLoss) * tall),
  }, drawing('title', {}, loss / 10 + ' % lost from ' + duration(second(place) * 1000))));
  const points = jitters.map((jitter, place) => jitter !== null && [left + (place + 0.5) * wide, y(jitter / 1000 / mostJitter), jitter, place]).filter(Boolean);
  return figure(stream.label + ', ' + endName(stream.from) + ' \u2192 ' + endName(stream.to),
    legendOf([['lost', 'fill-bad'], ['jitter', 'line-one']]),
    drawing('svg', { viewBox: '0 0 ' + width + ' ' + height, role: 'img', 'aria-label': 'loss and jitter over time: ' + stream.figures },
      grid, ends, bars, drawing('g', { class: 'line-one' },
        drawing('polyline', { points: points.map(([x, at]) => x + ',' + at).join(' ') }),
        points.map(([x, at, jitter, place]) => drawing('circle', { cx: x, cy: at, r: 2 },
          drawing('title', {}, 'jitter ' + duration(jitter / 1000) + ' from ' + duration(second(place) * 1000)))))));
}

function qualitySection(record) {
  const streams = streamsOf(record).filter((stream) => stream.series);
  return streams.length > 0 && element('section', { class: 'quality' }, element('h2', {}, 'Media over time'),
    element('div', { class: 'charts' }, streams.map(qualityFigure)));
}
