import { isLoopback, isPublicAddress } from '../../src/packages/public-address';

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.9.9.9',
  '168.63.129.16',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '239.1.1.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:8.8.8.8',
  '::ffff:10.0.0.1',
  '::ffff:a00:1',
  '::8.8.8.8',
  '64:ff9b::8.8.8.8',
  '64:ff9b:1::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '2001::1',
  '2001:db8::1',
  '2002:a00:1::1',
  '100::1',
  'no address',
  '',
  '8.8.8.8.',
  '0x7f.1',
])('%s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each([
  '8.8.8.8',
  '1.1.1.1',
  '172.32.0.1',
  '100.128.0.1',
  '20.60.1.1',
  '2606:4700::1111',
  '2a01:111::1',
  '2603:1030::1',
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test('loopback is 127.0.0.0/8 and ::1, and no wrapped form of them', () => {
  expect(['127.0.0.1', '127.1.2.3', '::1'].map(isLoopback)).toEqual([true, true, true]);
  expect(['128.0.0.1', '::ffff:127.0.0.1', '0:0:0:0:0:0:0:2', 'localhost'].map(isLoopback)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
