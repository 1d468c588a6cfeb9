import type { Config } from 'jest';
import base from './jest.config';

/** The tests that drive a browser. */
const config: Config = {
  ...base,
  roots: ['<rootDir>/test/browser'],
  testPathIgnorePatterns: ['/node_modules/'],
};

export default config;
