// One item of the report: a duplicate group side by side, a listing on its price strip, or a plain finding.
const ROWS = 6;

function itemCard(item, position, total) {
  const title = 'i' + item.index;
  const body = item.kind === 'group' ? groupBody(item) : item.kind === 'prices' ? priceBody(item) : plainBody(item);
  const card = el('article', {
    class: 'item ' + item.kind, tabindex: '-1', 'aria-labelledby': title,
    'aria-posinset': position + 1, 'aria-setsize': total,
  }, heading(item, title), body);
  card.querySelectorAll('details').forEach((node, index) => {
    const key = item.index + '/' + index;
    node.open = opened.has(key);
    node.addEventListener('toggle', () => (node.open ? opened.add(key) : opened.delete(key)));
  });
  return card;
}
const opened = new Set();

function heading(item, id) {
  if (item.kind === 'group') {
    const shops = [...new Set([item.keep, ...item.f.map((f) => f.l)].map((l) => shopName(listing(l).shop)))];
    return el('header', {}, el('h3', { id }, t('group', item.f.length + 1)), el('p', { class: 'dim' }, shops.join(' · ')));
  }
  if (item.l === undefined) return el('header', {}, el('h3', { id }, say(DATA.rules[item.f[0].c].summary)));
  const one = listing(item.l);
  return el('header', { class: 'about' }, picture(one.t, one.id),
    el('div', {}, el('h3', { id }, one.title || one.id), facts(one), place(item.f[0].at)));
}

function facts(one) {
  const parts = [shopName(one.shop), one.id];
  if (one.sales !== undefined) parts.push(t('sales') + ' ' + number(one.sales));
  return el('p', { class: 'dim' }, parts.filter(Boolean).join(' · '));
}

function place(at) {
  return at[0] ? el('p', { class: 'place' }, el('code', {}, at[0] + ':' + at[1])) : null;
}

function pill(finding) {
  return el('span', { class: 'pill ' + finding.s }, hidden(t(finding.s) + ' '), finding.c);
}

function verdict(finding) {
  const sure = finding.p < 0.9995 ? el('span', { class: 'sure' }, percent(finding.p)) : null;
  const silent = finding.x
    ? el('p', { class: 'silent' }, (DATA.ui['by_' + finding.x[0]] ? t('by_' + finding.x[0]) : finding.x[0]) +
      (finding.x[1] ? (state.lang ? ': ' : '：') + finding.x[1] : ''))
    : null;
  return el('div', { class: 'verdict' }, el('p', {}, pill(finding), ' ', sure, ' ', say(finding.m)), silent,
    el('p', { class: 'remedy' }, say(DATA.rules[finding.c].remedy)));
}

function groupBody(item) {
  const kept = listing(item.keep);
  const keptWords = pieces(kept.title);
  const keptFlags = keptWords.map(() => true); // marked in the keeper: what none of the others has
  const sides = item.f.map((finding) => {
    const one = listing(finding.l), words = pieces(one.title);
    const [there, here] = partnerless(keptWords, words);
    there.forEach((flag, index) => { if (!flag) keptFlags[index] = false; });
    return { finding, one, title: marked(words, here) };
  });
  const others = sides.map((side) => side.one);
  const why = DATA.ui['why_' + item.why] ? ' · ' + t('why_' + item.why) : '';
  const keeper = side('keeper', el('span', { class: 'badge' }, '★ ' + t('keeper') + why), kept,
    marked(keptWords, keptFlags), item.at, skuTable(kept, others, new Set()));
  const cards = sides.map(({ finding, one, title }) => side('surplus', el('span', { class: 'badge' }, t('surplus')), one, title,
    finding.at, skuTable(one, [kept], new Set((finding.codes || []).map((code) => code.toLowerCase()))), verdict(finding), differences(finding),
    samePicture(finding), waterfall(finding)));
  return el('div', { class: 'sides' }, keeper, cards);
}

function side(kind, badge, one, title, at, ...rest) {
  return el('section', { class: 'side ' + kind }, badge,
    el('div', { class: 'about' }, picture(one.t, one.id), el('div', {}, el('h4', {}, title), facts(one), place(at))),
    ...rest);
}

const UNITS = { weight: 'g', volume: 'ml', length: 'cm', capacity: 'GB', charge: 'mAh', power: 'W' };
const measured = (facet, values) => list(values.map((value) => (UNITS[facet] && isFinite(value) ? value + ' ' + UNITS[facet] : value)));

function differences(finding) {
  const rows = (finding.diff || []).map(([facet, here, there]) =>
    el('li', {}, named(facet) + (state.lang ? ': ' : '：'), el('mark', {}, measured(facet, here) || '–'), ' ↔ ', measured(facet, there) || '–'));
  if (finding.codes) rows.push(el('li', {}, t('shared_codes') + (state.lang ? ': ' : '：'), list(finding.codes.slice(0, 6))));
  return rows.length ? el('ul', { class: 'differences' }, rows) : null;
}

function samePicture(finding) {
  if (!finding.pic) return null;
  const [here, there, likeness, mirrored] = finding.pic;
  const said = t('same_picture', percent(likeness)) + (mirrored ? (state.lang ? ', ' : '，') + t('mirrored') : '');
  return el('figure', {}, el('div', { class: 'pair' }, picture(here, ''), picture(there, '')), el('figcaption', {}, said));
}

// A listing's SKUs. What no other listing has is marked, and so is a price that differs under the same name.
function skuTable(one, others, codes, accused = new Set()) {
  if (!one.skus || !one.skus.length) return null;
  const known = new Map();
  others.forEach((other) => (other.skus || []).forEach((sku) => {
    known.set(sku[1], (known.get(sku[1]) || new Set()).add(sku[2]));
  }));
  const compared = others.some((other) => other.skus);
  const row = (sku) => {
    const [id, name, price, , code, on] = sku;
    const only = compared && name && !known.has(name);
    const other = compared && known.has(name) && !known.get(name).has(price);
    return el('tr', { class: accused.has(id) ? 'bait' : null },
      el('th', { scope: 'row' }, only ? el('mark', { title: t('only_here') }, name) : name || id,
        on ? null : el('span', { class: 'dim' }, ' ' + t('off'))),
      el('td', { class: 'number' }, other ? el('mark', {}, yuan(price)) : yuan(price)),
      el('td', { class: 'code' }, codes.has(code.toLowerCase()) ? el('strong', {}, code) : code));
  };
  const table = (rows, caption) => el('table', {},
    el('caption', { class: 'hidden' }, caption),
    el('thead', {}, el('tr', {}, ...['spec', 'price', 'code'].map((key) => el('th', { scope: 'col', class: key }, t(key))))),
    el('tbody', {}, rows.map(row)));
  const first = one.skus.slice(0, ROWS), rest = one.skus.slice(ROWS);
  return el('div', { class: 'skus' }, table(first, one.title), rest.length
    ? el('details', {}, el('summary', {}, t('more_skus', rest.length)), table(rest, one.title))
    : null, one.more ? el('p', { class: 'dim' }, t('not_shown', one.more)) : null);
}

// From the start (how likely any two listings are) up and down to the verdict, in log-odds.
function waterfall(finding) {
  if (!finding.bars) return null;
  let sum = 0;
  const steps = finding.bars.map(([name, weight, words]) => {
    const step = { name, weight, words, from: sum, to: sum + weight };
    sum = step.to;
    return step;
  });
  const low = Math.min(0, ...steps.map((step) => Math.min(step.from, step.to)));
  const high = Math.max(0, ...steps.map((step) => Math.max(step.from, step.to)));
  const share = (value) => (100 * (value - low)) / (high - low || 1);
  const row = (label, words, weight, from, to, kind) => {
    const bar = el('span', { class: 'bar ' + kind });
    bar.style.left = share(Math.min(from, to)) + '%';
    bar.style.width = Math.max(share(Math.max(from, to)) - share(Math.min(from, to)), 0.8) + '%';
    const zero = el('span', { class: 'zero' });
    zero.style.left = share(0) + '%';
    return el('li', {}, el('span', { class: 'label' }, label, words && words.length ? el('q', {}, list(words)) : null),
      el('span', { class: 'track', 'aria-hidden': 'true' }, zero, bar),
      el('span', { class: 'weight' }, (weight >= 0 ? '+' : '−') + Math.abs(weight).toFixed(1)));
  };
  const rows = steps.map((step) => row(step.name === 'prior' ? t('start') : named(step.name), step.words, step.weight,
    step.from, step.to, step.name === 'prior' ? 'prior' : step.weight >= 0 ? 'for' : 'against'));
  const best = steps.filter((step) => step.name !== 'prior').slice(0, 3).map((step) => named(step.name));
  return el('details', { class: 'waterfall' },
    el('summary', {}, t('evidence') + (state.lang ? ': ' : '：') + list(best)),
    el('ol', {}, rows, row(t('result') + ' → ' + percent(finding.p), null, sum, 0, sum, sum >= 0 ? 'for sum' : 'against sum')));
}

function priceBody(item) {
  const one = listing(item.l), accused = new Map();
  item.f.forEach((finding) => (finding.skus || []).forEach((id) => accused.set(id, finding)));
  const findings = item.f.map((finding) => el('div', { class: 'finding' }, verdict(finding), note(finding), waterfall(finding)));
  const table = one.skus && one.skus.length
    ? el('details', {}, el('summary', {}, t('all_skus', one.skus.length + (one.more || 0))),
      skuTable({ ...one, skus: one.skus }, [], new Set(), new Set(accused.keys())))
    : null;
  return el('div', {}, priceStrip(one, accused), findings, table);
}

function priceStrip(one, accused) {
  const priced = (one.skus || []).filter((sku) => sku[2] > 0);
  if (priced.length < 2) return null;
  const expected = [...accused.values()].map((finding) => finding.expected).find((value) => value > 0);
  const prices = priced.map((sku) => sku[2]).concat(expected ? [expected] : []);
  const low = Math.min(...prices), high = Math.max(...prices);
  const scale = high > 4 * low ? Math.log : (value) => value;
  const at = (value) => (high === low ? 50 : 4 + (92 * (scale(value) - scale(low))) / (scale(high) - scale(low)));
  const names = priced.filter((sku) => accused.has(sku[0])).map((sku) => sku[1] + ' ' + yuan(sku[2]));
  const strip = el('div', { class: 'strip', role: 'img', 'aria-label': t('strip', priced.length, yuan(low), yuan(high), list(names)) });
  const put = (node, value) => { node.style.left = at(value) + '%'; strip.append(node); };
  strip.append(el('span', { class: 'axis' }));
  if (expected) put(el('span', { class: 'expected', title: t('expected', yuan(expected)) }), expected);
  priced.filter((sku) => !accused.has(sku[0])).forEach((sku) => put(el('span', { class: 'dot', title: sku[1] + ' ' + yuan(sku[2]) }), sku[2]));
  const bad = priced.filter((sku) => accused.has(sku[0])).sort((a, b) => a[2] - b[2]);
  bad.forEach((sku, index) => {
    put(el('span', { class: 'dot bait', title: sku[1] + ' ' + yuan(sku[2]) }), sku[2]);
    if (index === 0) put(el('span', { class: 'tag bait' + edge(at(sku[2])) }, short(sku[1]) + ' ' + yuan(sku[2])), sku[2]);
  });
  put(el('span', { class: 'tag end' + edge(at(high)) }, yuan(high)), high);
  if (!bad.length || bad[0][2] !== low) put(el('span', { class: 'tag end' + edge(at(low)) }, yuan(low)), low);
  return expected ? el('div', {}, strip, el('p', { class: 'dim legend' }, el('span', { class: 'expected key' }), ' ', t('expected', yuan(expected)))) : strip;
}
const short = (text) => ([...text].length > 18 ? [...text].slice(0, 17).join('') + '…' : text);
const edge = (share) => (share < 12 ? ' start' : share > 88 ? ' finish' : '');

function note(finding) {
  return finding.note ? el('p', { class: 'dim' }, say(finding.note)) : null;
}

function plainBody(item) {
  return item.f.map((finding) => el('div', { class: 'finding' }, verdict(finding), item.l === undefined ? place(finding.at) : null,
    note(finding), waterfall(finding)));
}
