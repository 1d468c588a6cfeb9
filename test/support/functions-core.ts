import { createCore } from '../../embedded/host/core-module';

/**
 * What `require('@azure/functions-core')` answers inside jest (see `moduleNameMapper` in jest.config.ts): the same
 * module that the embedded runtime answers, so that `@azure/functions` registers for real. Each test file has its own.
 */
export const core = createCore(() => undefined);

export const { version, hostVersion, registerFunction, registerHook, log, Disposable } = core.api;
export const { setProgrammingModel, getProgrammingModel } = core.api;
