import { isFile, askedMembers } from '../../../src/domain/cloud-partner/asked-members';
import { contentOf, documentIn } from '../../../src/domain/cloud-partner/content';
import {
  nothingKnown,
  withoutMembers,
  withPromoted,
  withPublished,
  withWritten,
} from '../../../src/domain/cloud-partner/known-members';
import type { KnownMembers } from '../../../src/domain/cloud-partner/known-members';
import { recognise } from '../../../src/domain/cloud-partner/recognise';
import type { MemberFacts } from '../../../src/domain/cloud-partner/recognise';
import { cutUrlQueries } from '../../../src/domain/url-queries';
import { inContent } from '../../../src/domain/cloud-partner/content';

const logo = 'microsoft-azure-marketplace.smallLogo';
const marketo = 'microsoft-azure-marketplace.marketoLeadConfiguration';
const ours = 'https://assets.contoso.example/new.png';
const copy = 'https://catalog.example/0001.png';
const logoAt = `/offer/${logo}`;
const secretAt = `/offer/${marketo}/clientSecret`;
const file = { kind: 'address', asked: ours, mark: 'sha256:1', shown: copy } as const;
const secret = { kind: 'secret', asked: 'release-marketo', mark: 'v1', shown: null } as const;

/** An offer that shows an address as its logo, and a document that names another. */
function judged(shown: string, asked: string, facts: Partial<MemberFacts> = {}): unknown {
  const offer = {
    offerTypeId: 'x',
    definition: { displayText: 'Contoso', offer: { [logo]: shown }, plans: [] },
  };
  const changes = { offer: { [logo]: asked } };
  const { document } = cutUrlQueries(changes);
  const { content } = recognise(inContent({ displayText: 'Contoso', ...document, plans: {} }), contentOf(offer), {
    changes,
    until: 'published',
    draft: documentIn(offer, 'kept'),
    live: documentIn(offer, 'kept'),
    known: nothingKnown,
    isDraftOurs: true,
    isLiveOurs: true,
    marks: new Map(),
    ...facts,
  });
  return (content['offer']?.['offer'] as Record<string, unknown>)[logo];
}

function knows(member: KnownMembers['members'][string]): Partial<MemberFacts> {
  const members = { [logoAt]: member };
  return { known: { members, published: { publicationId: 'live', members } }, marks: new Map([[logoAt, 'sha256:1']]) };
}

describe('a file by address', () => {
  test('is there while the copy shows that showed for the same bytes', () => {
    const signed = `${copy}?sv=1&sig=service`;

    expect(judged(signed, `${ours}?sig=fresh`, knows(file))).toBe(copy);
    expect(judged(signed, ours, { ...knows(file), marks: new Map([[logoAt, 'sha256:2']]) })).toBe(ours);
    expect(judged(signed, ours, { ...knows(file), marks: new Map() })).toBe(ours);
    expect(judged('https://catalog.example/0002.png', ours, knows(file))).toBe(ours);
    expect(judged(signed, 'https://assets.contoso.example/other.png', knows(file))).toMatch(/other/);
    expect(judged(signed, ours)).toBe(ours);
  });

  const shown = { ...file, shown: ours };
  const sent = { $address: ours };

  test.each([
    ['the same query', `${ours}?sig=1&se=2`, `${ours}?se=2&sig=1`, {}, ours],
    ['another signature', `${ours}?sig=1`, `${ours}?sig=2`, {}, sent],
    ['a signature where there was none', ours, `${ours}?sig=2`, {}, sent],
    ['none where there was a signature', `${ours}?sig=1`, ours, {}, sent],
    ['another version', ours, `${ours}?v=2`, {}, sent],
    ['a query that the service hides', ours, `${ours}?sig=2`, knows(shown), ours],
    ['the same bytes', ours, ours, knows(shown), ours],
    ['other bytes', ours, ours, { ...knows(shown), marks: new Map([[logoAt, 'sha256:2']]) }, sent],
    ['bytes that cannot be read', ours, ours, { ...knows(shown), marks: new Map() }, sent],
    ['what was never published', ours, ours, { ...knows(shown), isLiveOurs: false }, sent],
    ['a draft, as its end', ours, ours, { ...knows(shown), isLiveOurs: false, until: 'draft' }, ours],
  ] as const)('that shows as it was given is sent where it has to be: %s', (...row) => {
    const [, there, asked, facts, expected] = row;

    expect(judged(there, asked, facts)).toEqual(expected);
  });

  test('with a query that shows is the same only with the same query', () => {
    expect(judged(`${ours}?v=1`, `${ours}?v=1`)).toBe(`${ours}?v=1`);
    expect(judged(`${ours}?v=1`, `${ours}?v=2`, knows(shown))).toBe(ours);
  });

  test('is told from a page by its member', () => {
    const members = askedMembers({
      offer: { [logo]: ours, 'microsoft-azure-marketplace.privacyURL': ours },
      plans: { base: { vmImages: { '1.0.0': { osVhdUrl: ours, lunVhdDetails: [{ vhdUrl: ours }] } } } },
    });

    expect(members.filter(isFile).map(({ pointer }) => pointer)).toEqual([
      logoAt,
      '/plans/base/vmImages/1.0.0/osVhdUrl',
      '/plans/base/vmImages/1.0.0/lunVhdDetails/0/vhdUrl',
    ]);
  });
});

describe('what is known', () => {
  const written = withWritten(nothingKnown, { [logoAt]: file, [secretAt]: secret }, 'one');
  const before = { etag: 'one', shownAt: () => copy };

  test('of secrets ends with a write that does not send them, of files with another write in their place', () => {
    expect(Object.keys(withWritten(written, {}, 'two').members)).toEqual([logoAt]);
    expect(Object.keys(withoutMembers(written, [logoAt]).members)).toEqual([secretAt]);
  });

  test('goes with a publication as far as nobody has written since', () => {
    const untouched = withPublished(written, 'preview', before);
    const touched = withPublished(written, 'preview', { ...before, etag: 'two' });
    const replaced = withPublished(written, 'preview', { ...before, shownAt: () => 'https://other.example' });

    expect(Object.keys(untouched.published?.members ?? {})).toEqual([logoAt, secretAt]);
    expect(Object.keys(touched.published?.members ?? {})).toEqual([logoAt]);
    expect(Object.keys(replaced.published?.members ?? {})).toEqual([secretAt]);
    expect(withPromoted(untouched, 'preview', 'live').published?.publicationId).toBe('live');
    expect(withPromoted(untouched, 'another', 'live').published?.publicationId).toBe('preview');
  });
});

describe('a secret', () => {
  const changes = { offer: { [marketo]: { clientId: 'c', clientSecret: { $secret: 'release-marketo' } } } };
  const wanted = inContent({ ...changes, plans: {} });
  const base = inContent({ offer: { [marketo]: { clientId: 'c' } }, plans: {} });
  const facts = {
    changes,
    until: 'published',
    draft: {},
    live: null,
    known: { members: { [secretAt]: secret }, published: { publicationId: 'live', members: { [secretAt]: secret } } },
    isDraftOurs: true,
    isLiveOurs: true,
    marks: new Map([[secretAt, 'v1']]),
  } as const satisfies MemberFacts;

  test('that is live by our own record needs no sending', () => {
    expect(recognise(wanted, base, facts)).toEqual({ content: wanted, settled: base });
  });

  test.each([
    ['has another version', { marks: new Map([[secretAt, 'v2']]) }],
    ['cannot be read', { marks: new Map<string, string>() }],
    ['may have been published by somebody else', { isLiveOurs: false }],
    ['is in a draft that somebody has written', { until: 'draft', isDraftOurs: false }],
    ['was never written by us', { known: nothingKnown }],
  ] as const)('that %s is sent', (_why, change) => {
    expect(recognise(wanted, base, { ...facts, ...change })).toEqual({ content: wanted });
  });
});
