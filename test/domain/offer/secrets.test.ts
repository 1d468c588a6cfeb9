import { fits } from '../../../src/domain/offer/compare-offers';

describe('what holds a secret that cannot be seen', () => {
  const image = (osVhdUrl: unknown, label = 'a') => ({ planId: 'g2', vmImages: { '1.0': { osVhdUrl, label } } });
  const secret = { $secret: 'disk' };

  test.each([
    ['in an object', { one: image(secret) }, { one: image('https://store.example/1') }, true],
    ['in a list', { list: [image(secret)] }, { list: [image('https://store.example/1')] }, true],
    ['as an entry of a list', { list: [secret, 'b'] }, { list: ['x', 'b'] }, true],
    ['beside another text', { list: [image(secret, 'b')] }, { list: [image('https://store.example/1')] }, false],
    ['beside another entry', { list: [secret, 'b'] }, { list: ['x', 'c'] }, false],
    ['in a list of another length', { list: [image(secret)] }, { list: [] }, false],
  ])('is compared without it: %s', (_where, wanted, there, fit) => {
    expect(fits(wanted, there)).toBe(fit);
  });
});
