// The page: filters with counts, and a feed of items of which only those near the screen are in the document.
const CHUNK = 6;       // items put on the page and taken off it together
const NEAR = '1200px'; // how far from the screen they are kept
const GUESS = { group: 620, prices: 420, listing: 220, other: 150 }; // heights before they are known, in pixels
const SEVERITIES = ['error', 'warning', 'info'];

const filter = { query: [], severity: new Set(), rule: new Set(), shop: new Set(), sure: 0, suppressed: false };
const entries = []; // every finding: what the filters ask about it
DATA.items.forEach((item, index) => {
  item.index = index;
  item.f.forEach((finding) => {
    const one = finding.l === undefined ? null : listing(finding.l);
    const kept = item.keep === undefined ? null : listing(item.keep);
    const text = [finding.c, DATA.rules[finding.c].name, ...finding.m, ...finding.at.slice(0, 1), ...(finding.skus || []),
      one && [one.id, one.title, one.shop].join(' '), kept && [kept.id, kept.title].join(' ')].join(' ').toLowerCase();
    entries.push({ finding, item, text, shop: one ? one.shop : '', rule: finding.c, severity: finding.s });
  });
});
let shown = [];
const parts = {};

// Whether a finding passes all filters but one: the counts beside a filter's values must not depend on that filter.
function passes(entry, but) {
  const { finding } = entry;
  return (filter.suppressed || !finding.x)
    && finding.p * 100 >= filter.sure
    && ['severity', 'rule', 'shop'].every((key) => key === but || !filter[key].size || filter[key].has(entry[key]))
    && filter.query.every((word) => entry.text.includes(word));
}

function counts(key) {
  const found = new Map();
  for (const entry of entries) if (filter.suppressed || !entry.finding.x) found.set(entry[key], found.get(entry[key]) || 0);
  for (const entry of entries) if (passes(entry, key)) found.set(entry[key], found.get(entry[key]) + 1);
  return found;
}

function refresh() {
  const kept = new Map();
  let many = 0;
  for (const entry of entries) {
    if (!passes(entry, null)) continue;
    many++;
    if (!kept.has(entry.item)) kept.set(entry.item, []);
    kept.get(entry.item).push(entry.finding);
  }
  shown = [...kept].map(([item, f]) => (f.length === item.f.length ? item : { ...item, f }));
  const all = entries.filter((entry) => filter.suppressed || !entry.finding.x).length;
  parts.count.textContent = many === all ? t('count', number(many)) : t('count_of', number(many), number(all));
  parts.empty.textContent = shown.length ? '' : t(all ? 'none_match' : 'none');
  parts.clear.hidden = many === all;
  facets();
  feed();
}

// ---- filters

function facets() {
  fill(parts.severity, SEVERITIES.map((key) => [key, t(key)]), 'severity');
  fill(parts.rule, Object.keys(DATA.rules).map((code) => [code, code, say(DATA.rules[code].summary)]), 'rule');
  const shops = [...new Set(entries.map((entry) => entry.shop))];
  fill(parts.shop, shops.map((shop) => [shop, shopName(shop)]), 'shop', true);
}

function fill(list, values, key, byCount = false) {
  const many = counts(key);
  const most = Math.max(1, ...many.values());
  let rows = values.filter(([value]) => many.has(value));
  if (byCount) rows = rows.sort((a, b) => many.get(b[0]) - many.get(a[0]));
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.value : null;
  list.replaceChildren(...rows.map(([value, label, more]) => {
    const bar = el('span', { class: 'fill ' + (key === 'severity' ? value : ''), 'aria-hidden': 'true' });
    bar.style.width = (100 * many.get(value)) / most + '%';
    const button = el('button', {
      type: 'button', 'aria-pressed': String(filter[key].has(value)), title: more, 'data-value': value,
      on: { click: () => { filter[key].has(value) ? filter[key].delete(value) : filter[key].add(value); refresh(); } },
    }, bar, el('span', { class: 'name' }, el('b', {}, label), more ? el('span', { class: 'dim' }, ' ' + more) : null),
    el('span', { class: 'many' }, number(many.get(value))));
    return el('li', {}, button);
  }));
  if (focused !== null) [...list.querySelectorAll('button')].find((one) => one.dataset.value === focused)?.focus();
}

function facet(key) {
  parts[key] = el('ul', { class: 'facet' });
  return el('section', { 'aria-labelledby': 'head-' + key }, el('h2', { id: 'head-' + key }, t(key)), parts[key]);
}

// ---- feed

const near = new IntersectionObserver((changes) => {
  for (const { target, isIntersecting } of changes) (isIntersecting ? fillChunk : emptyChunk)(target);
}, { rootMargin: NEAR + ' 0px' });

function feed() {
  near.disconnect();
  const chunks = [];
  for (let start = 0; start < shown.length; start += CHUNK) {
    const chunk = el('div', { class: 'chunk' });
    chunk.start = start;
    chunk.style.height = shown.slice(start, start + CHUNK).reduce((sum, item) => sum + GUESS[item.kind], 0) + 'px';
    chunks.push(chunk);
  }
  parts.feed.replaceChildren(...chunks);
  if (chunks.length) fillChunk(chunks[0]);
  chunks.forEach((chunk) => near.observe(chunk));
}

function fillChunk(chunk) {
  if (chunk.firstChild) return;
  const items = shown.slice(chunk.start, chunk.start + CHUNK);
  chunk.append(...items.map((item, index) => itemCard(item, chunk.start + index, shown.length)));
  chunk.style.height = '';
}

function emptyChunk(chunk) {
  if (!chunk.firstChild || chunk.contains(document.activeElement) || printing) return;
  chunk.style.height = chunk.getBoundingClientRect().height + 'px';
  chunk.replaceChildren();
}

let printing = false;
addEventListener('beforeprint', () => { printing = true; parts.feed.querySelectorAll('.chunk').forEach(fillChunk); });
addEventListener('afterprint', () => { printing = false; });

// ---- page

function page() {
  document.documentElement.lang = state.lang ? 'en' : 'zh-CN';
  document.title = t('title');
  const field = (key, control) => el('label', { class: 'field' }, el('span', {}, t(key)), control);
  parts.count = el('p', { class: 'count', role: 'status', 'aria-live': 'polite' });
  parts.empty = el('p', { class: 'empty-note' });
  parts.feed = el('div', { class: 'feed', role: 'feed', 'aria-labelledby': 'findings' });
  parts.clear = el('button', { type: 'button', class: 'plain', on: { click: clear } }, t('clear'));
  parts.search = el('input', {
    type: 'search', placeholder: t('search_hint'), autocomplete: 'off', spellcheck: 'false',
    on: { input: (event) => { ask(event.target.value); later(); } },
  });
  parts.search.value = filter.query.join(' ');
  const sureSaid = el('b', {}, filter.sure + '%'); // not <output>, which would take the label to itself
  const sure = el('input', {
    type: 'range', min: 0, max: 100, step: 1, value: filter.sure,
    on: { input: (event) => { filter.sure = Number(event.target.value); sureSaid.textContent = filter.sure + '%'; later(); } },
  });
  const silenced = entries.some((entry) => entry.finding.x);
  const suppressed = el('label', { class: 'check' }, el('input', {
    type: 'checkbox', checked: filter.suppressed, on: { change: (event) => { filter.suppressed = event.target.checked; refresh(); } },
  }), ' ', t('suppressed_too'));
  const wide = matchMedia('(min-width: 60rem)').matches;
  const filters = el('details', { class: 'filters', open: wide || parts.open },
    el('summary', {}, t('filters')), facet('severity'), facet('rule'), facet('shop'),
    el('label', { class: 'field' }, el('span', {}, t('confidence') + ' ', sureSaid), sure), silenced ? suppressed : null);
  document.getElementById('app').replaceChildren(
    el('a', { class: 'skip', href: '#findings' }, t('skip')),
    el('header', { class: 'top' },
      el('div', {}, el('h1', {}, t('title')), el('p', { class: 'dim' }, t('seen', ...DATA.summary.map(number)) + ' · pddlint ' + DATA.version)),
      el('div', { class: 'switches' }, choice('language', [['0', '中文', 'zh-CN'], ['1', 'English', 'en']], String(state.lang), setLanguage),
        choice('theme', [['light', t('light')], ['dark', t('dark')]], theme(), setTheme))),
    el('div', { class: 'columns' },
      el('aside', { 'aria-label': t('filters') }, field('search', parts.search), filters),
      el('main', {}, el('div', { class: 'bar-top' }, el('h2', { id: 'findings', tabindex: '-1' }, t('findings')), parts.count, parts.clear),
        DATA.omitted ? el('p', { class: 'dim' }, t('omitted', number(DATA.omitted))) : null, parts.empty, parts.feed)));
  refresh();
}

function choice(key, values, current, choose) {
  return el('div', { class: 'choice', role: 'group', 'aria-label': t(key) }, values.map(([value, label, lang]) =>
    el('button', { type: 'button', lang, 'data-choice': value, 'aria-pressed': String(value === current), on: { click: () => choose(value) } }, label)));
}

function setLanguage(value) {
  state.lang = Number(value);
  remembered.set('lang', value);
  parts.open = document.querySelector('.filters').open;
  page();
  document.querySelector(`[data-choice="${value}"]`).focus();
}

function theme() {
  return state.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
}

function setTheme(value) {
  state.theme = value;
  remembered.set('theme', value);
  document.documentElement.dataset.theme = value;
  showTheme();
}

function showTheme() {
  document.querySelectorAll('[data-choice=light], [data-choice=dark]').forEach((button) => {
    button.setAttribute('aria-pressed', String(button.dataset.choice === theme()));
  });
}

function clear() {
  Object.assign(filter, { query: [], sure: 0, severity: new Set(), rule: new Set(), shop: new Set() });
  parts.open = document.querySelector('.filters').open;
  page();
  parts.search.focus();
}

const ask = (text) => { filter.query = text.toLowerCase().split(/\s+/).filter(Boolean); };

let timer = 0;
function later() {
  clearTimeout(timer);
  timer = setTimeout(refresh, 120);
}

addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select')) return;
  if (event.key === '/') { event.preventDefault(); parts.search.focus(); }
  if (event.key === 'PageDown' || event.key === 'PageUp') step(event);
});

// In a feed, Page Down and Page Up go from article to article once one of them has the focus (WAI-ARIA feed pattern).
function step(event) {
  const card = document.activeElement.closest('.item');
  if (!card) return;
  const cards = [...parts.feed.querySelectorAll('.item')];
  const next = cards[cards.indexOf(card) + (event.key === 'PageDown' ? 1 : -1)];
  if (next) { event.preventDefault(); next.focus(); next.scrollIntoView({ block: 'start' }); }
}

// Where the filters stand beside the findings they are always open: there is nothing to open them with.
matchMedia('(min-width: 60rem)').addEventListener('change', (event) => {
  if (event.matches) document.querySelector('.filters').open = true;
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', showTheme);

const saved = remembered.get('lang');
state.lang = saved === '0' || saved === '1' ? Number(saved) : DATA.lang === 'zh' ? 0 : 1;
if (['light', 'dark'].includes(remembered.get('theme'))) {
  state.theme = remembered.get('theme');
  document.documentElement.dataset.theme = state.theme;
}
page();
