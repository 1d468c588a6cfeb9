import fc from 'fast-check';
import { parseExact, stringifyExact } from '../../../src/partner-center/cloud-partner-portal/exact-json';
import { json, startScriptedServer, text, type ScriptedServer } from '../scripted-server';
import { cloudPartner, offer } from './setup';
import * as wire from './wire-samples';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

const writtenOf = (value: unknown) => stringifyExact(JSON.parse(JSON.stringify(value)));

describe('numbers', () => {
  it.each([
    '638730001234567891',
    '-9007199254740993',
    '123456789012345678901234567890',
    '0.1234567890123456789',
    '1e400',
    '9007199254740993.5',
  ])('that a double cannot hold are kept, through anything that holds JSON: %s', (number) => {
    const parsed = parseExact(`{"a":[${number}]}`);

    expect(parsed).toEqual({ a: [{ $number: number }] });
    expect(writtenOf(parsed)).toBe(`{"a":[${number}]}`);
  });

  it.each(['0', '-0', '1.50', '0.08', '9007199254740991', '1e3', '1.0E+2', '79.99', '1000000000000000000', '0.000001'])(
    'that a double holds are numbers: %s',
    (number) => {
      expect(parseExact(number)).toBe(Number(number));
    },
  );

  it('never change on the way, whatever they are', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 25 });
    const number = fc
      .tuple(fc.constantFrom('', '-'), digits, fc.option(digits), fc.option(fc.integer({ min: -30, max: 30 })))
      .map(([sign, whole, fraction, exponent]) => {
        const unpadded = whole.replace(/^0+(?=\d)/, '');
        return `${sign}${unpadded}${fraction === null ? '' : `.${fraction}`}${exponent === null ? '' : `e${exponent}`}`;
      });

    fc.assert(
      fc.property(number, (one) => {
        expect(scaled(writtenOf(parseExact(one)))).toBe(scaled(one));
      }),
    );
  });

  it('are not made of texts that are none, which would break the JSON', () => {
    for (const $number of ['1, "x": 2', 'NaN', '', '01', '0x1', '1 ']) {
      expect(JSON.parse(stringifyExact({ $number }))).toEqual({ $number });
    }
    expect(stringifyExact({ $number: '1', more: 2 })).toBe('{"$number":"1","more":2}');
  });
});

describe('every other value', () => {
  it('is read and written as JSON does it', () => {
    fc.assert(
      fc.property(fc.json(), (written) => {
        expect(parseExact(written)).toEqual(JSON.parse(written));
        expect(stringifyExact(JSON.parse(written))).toBe(JSON.stringify(JSON.parse(written)));
      }),
    );
  });

  it('is refused where it is no JSON', () => {
    expect(() => parseExact('{"a":')).toThrow(SyntaxError);
  });
});

describe('an offer', () => {
  it('goes back as it came: digits, nulls, unknown members, ampersands', async () => {
    const { client, call } = cloudPartner(server);
    const big = '"price":12345678901234567890,"rate":0.1234567890123456789';
    const content = JSON.stringify(wire.definition).replace('"deep"', `${big},"deep"`);
    const { definition: _, version: __, ...rest } = wire.offer;
    const whole = `{"version":${wire.ticks},"definition":${content},${JSON.stringify({ ...rest, 'contoso.new': [null] }).slice(1)}`;
    server.play(text(200, whole, { ETag: wire.etag }), json(200, wire.offer));

    const { value, etag } = await client.getOffer(offer, call);
    await client.putOffer(offer, value, { kind: 'unchanged', etag: etag ?? '' }, call);

    const sent = server.arrived[1]?.body.toString() ?? '';
    expect(value.version).toBe(wire.ticks);
    expect(sent).toContain(`"definition":${content}`);
    expect(sent).toContain('"contoso.new":[null]');
    expect(sent).not.toContain('\\u0026');
    expect(Object.keys(JSON.parse(sent) as object).sort()).toEqual(
      ['contoso.new', 'definition', 'id', 'offerTypeId', 'publisherId'].sort(),
    );
  });
});

/** A decimal as a whole number of 10^-80, and so without a double in between. */
function scaled(number: string): bigint {
  const [, sign, whole = '', fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(number)!;
  const power = 80 + Number(exponent) - fraction.length;
  const value = BigInt(`${whole}${fraction}`) * 10n ** BigInt(power);
  return sign === '-' ? -value : value;
}

test('a version that a double happens to hold beyond 2^53 is its digits, as any other', async () => {
  const { client, call } = cloudPartner(server);
  server.play(text(200, wire.operations.replaceAll(String(wire.ticks), '639157504800000000')));

  const { value } = await client.listOperations(offer, call);

  expect(value[0]?.version).toBe('639157504800000000');
});
