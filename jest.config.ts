import type { Config } from 'jest';

const config: Config = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/'],
  // The module that the Functions worker answers at run time; see test/support/durable-host.ts.
  moduleNameMapper: { '^@azure/functions-core$': '<rootDir>/test/support/functions-core.ts' },
  globalSetup: '<rootDir>/test/support/shared-azurite.ts',
  globalTeardown: '<rootDir>/test/support/shared-azurite-end.ts',
  transform: { '^.+\\.ts$': '@swc/jest' },
  maxWorkers: 2,
  testTimeout: 120_000,
};

export default config;
