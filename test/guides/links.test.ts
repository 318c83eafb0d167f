import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(__dirname, '../..');
const under = (folder: string) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(name => join(folder, name));
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'conformance/README.md'],
  ...under('docs').filter(name => name.endsWith('.md')),
  // What examples write into dist is not theirs.
  ...under('examples').filter(name => /^examples\/[^/]+\/README\.md$/.test(name)),
];
const texts = new Map<string, string>();

function textOf(page: string): string {
  const known = texts.get(page) ?? readFileSync(join(root, page), 'utf8');
  texts.set(page, known);
  return known;
}

/** The page without what is code, in which nothing is a link or a heading. */
const prose = (page: string) => textOf(page).replace(/^(`{3,})[^]*?\n\1$/gm, '').replace(/`[^`\n]*`/g, code => code.replace(/[[\]]/g, ' '));

/** Anchors as hosts of repositories derive them from headings. */
function anchorsOf(page: string): string[] {
  const seen = new Map<string, number>();
  return [...prose(page).matchAll(/^#{1,6} +(.*)$/gm)].map(([, heading]) => {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
    const again = seen.get(words) ?? 0;
    seen.set(words, again + 1);
    return again === 0 ? words : `${words}-${again}`;
  });
}

function brokenLinksOf(page: string): string[] {
  const links = [...prose(page).matchAll(/\]\((?![a-z]+:)([^)\s]+)\)/g)].map(([, link]) => link);
  return links.filter(link => {
    const [path, anchor] = link.split('#');
    const target = path === '' ? page : relative(root, join(root, dirname(page), path));
    const isPage = target.endsWith('.md') && (texts.has(target) || existsSync(join(root, target)));
    return anchor === undefined ? !isPage && !existsSync(join(root, target)) : !isPage || !anchorsOf(target).includes(anchor);
  });
}

test.each(pages)('links of %s lead somewhere', page => {
  expect(brokenLinksOf(page)).toEqual([]);
});

test('a link that leads nowhere is found', () => {
  texts.set('docs/page.md', [
    '# One, `two`', '[a](none.md) [b](#one-two) [c](#three)', '[d](guides/linkerd.md#who-may-call) [e](guides/linkerd.md#nobody)', '```\n[f](none.md)\n```', '',
  ].join('\n'));
  expect(brokenLinksOf('docs/page.md')).toEqual(['none.md', '#three', 'guides/linkerd.md#nobody']);
});

test('every guide is in the list of guides', () => {
  const guides = under('docs/guides').map(guide => relative('docs/guides', guide)).filter(guide => guide !== 'README.md');
  expect(guides.filter(guide => !textOf('docs/guides/README.md').includes(`](${guide})`))).toEqual([]);
});
