import tseslint from 'typescript-eslint';

/** What may differ from one replay to the next, and what to use instead. */
const replayHazards = [
  ['NewExpression[callee.name="Date"][arguments.length=0]', 'new Date() differs on replay: use now(ctx).'],
  [
    'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    'Date.now() differs on replay: use now(ctx).',
  ],
  ['CallExpression[callee.name="Date"]', 'Date() differs on replay: use now(ctx).'],
  [
    'MemberExpression[object.name="Math"][property.name="random"]',
    'Math.random differs on replay: use newGuid(ctx) or an activity.',
  ],
  [':function[async=true]', 'Orchestrators are synchronous generators: no async functions here.'],
  ['AwaitExpression', 'No await in orchestrators: yield* a typed effect.'],
  ['CallExpression[callee.object.name="Promise"]', 'No promises in orchestrators: yield* a typed effect.'],
  [
    'MemberExpression[property.name="df"]',
    'Orchestrators use the typed effects of contracts/durable.ts, never ctx.df.',
  ],
  ['ImportExpression', 'No dynamic import in orchestrators.'],
  [
    'CallExpression[callee.name=/^(call|waitFor|runChild)$/]:not(YieldExpression[delegate=true] > CallExpression)',
    'An effect does nothing unless it is run with yield*.',
  ],
  ['ForInStatement', 'for..in order is a replay hazard: iterate an array.'],
].map(([selector, message]) => ({ selector, message }));

/** TypeScript does not notice a generator that is called and never run; what is a plain procedure is named here. */
const bareCall = {
  selector:
    'ExpressionStatement > CallExpression[callee.type="Identifier"][callee.name!=/^(stopFailed|refuseUnfit|refuseBlocked|obey|continueAs|showStatus)$/]',
  message: 'A call whose result nobody takes: run a flow with yield*, or name the procedure in eslint.config.mjs.',
};

const nondeterministicGlobals = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'process',
  'fetch',
  'console',
  'crypto',
  'performance',
  'WeakRef',
  'FinalizationRegistry',
  'Buffer',
].map((name) => ({ name, message: 'Not for code that is replayed: it must give the same result every time.' }));

const environment = {
  selector: 'MemberExpression[object.name="process"][property.name="env"]',
  message: 'The environment is read in src/config only: take a setting as a parameter.',
};

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'coverage/**', '.local/**', 'test/fixtures/**'] },
  ...tseslint.configs.recommendedTypeChecked.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true, IIFEs: true }],
      complexity: ['error', 12],
      'max-depth': ['error', 3],
      'max-params': ['error', 4],
      'prefer-const': 'error',
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/config/**'],
    rules: { 'no-restricted-syntax': ['error', environment] },
  },
  {
    files: ['src/orchestrators/**/*.ts', 'src/domain/**/*.ts', 'src/contracts/**/*.ts'],
    ignores: ['src/contracts/durable.ts'],
    rules: {
      'no-restricted-syntax': ['error', environment, ...replayHazards],
      'no-restricted-globals': ['error', ...nondeterministicGlobals],
    },
  },
  {
    files: ['src/orchestrators/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', environment, ...replayHazards, bareCall] },
  },
  {
    // What the browser runs: JavaScript with types in comments, checked by its own tsconfig.json.
    files: ['emulator/page/browser/*.js'],
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 12],
      'max-depth': ['error', 3],
      'max-params': ['error', 4],
      'prefer-const': 'error',
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 500 }],
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
);
