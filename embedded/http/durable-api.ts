import type { CommandOutcome, OrchestrationClient } from '../engine/client';
import { parseJson } from '../engine/json';
import { RuntimeStatus } from '../engine/status';
import { StateUnwritableError } from '../store/state-errors';
import { isTrue, readFilter, readWait, type Wait } from './durable-query';
import { outputOf, statusAnswer, statusObject } from './durable-status';
import { type DurableEndpoints, startUrls } from './durable-urls';
import { type HttpAnswer, type HttpRequest, jsonAnswer } from './messages';

/** Size of a page of instances, as the extension has it. */
const defaultPageSize = 100;
const continuationHeader = 'x-ms-continuation-token';

/** The durable extension's HTTP API over an orchestration client. */
export class DurableApi {
  readonly #client: OrchestrationClient;
  readonly #endpoints: () => DurableEndpoints;

  /** @param endpoints asked for at each answer, because ports are known late. */
  constructor(client: OrchestrationClient, endpoints: () => DurableEndpoints) {
    this.#client = client;
    this.#endpoints = endpoints;
  }

  /**
   * Answers a request; 503 when it asks for work and the state cannot be written.
   *
   * @param segments the path below the API's base, decoded.
   */
  handle(request: HttpRequest, segments: readonly string[]): HttpAnswer | Promise<HttpAnswer> {
    try {
      return this.#route(request, segments);
    } catch (error) {
      if (!(error instanceof StateUnwritableError)) throw error;
      return jsonAnswer(503, { Message: error.message }, { 'retry-after': '10' });
    }
  }

  #route(request: HttpRequest, segments: readonly string[]): HttpAnswer | Promise<HttpAnswer> {
    const [area = '', id, verb, name] = segments;
    const call = `${request.method.toUpperCase()} ${area.toLowerCase()}`;
    if (area.toLowerCase() === 'entities') return notSupported('Entities');
    if (call === 'POST orchestrators' && id !== undefined && segments.length <= 3)
      return this.#start(request, id, verb);
    if (call === 'GET instances') return this.#read(request, id, verb);
    if (call === 'DELETE instances') return this.#purge(request, id, verb);
    if (call === 'POST instances' && id !== undefined && verb !== undefined) {
      return this.#command(request, id, verb.toLowerCase(), name);
    }
    return { status: 404 };
  }

  #start(request: HttpRequest, name: string, instanceId: string | undefined): HttpAnswer | Promise<HttpAnswer> {
    const input = request.body.toString('utf8');
    if (input !== '' && !isJson(input)) return problem(400, 'The input is no JSON.');
    const query = request.url.searchParams;
    const version = query.get('version') ?? undefined;
    const outcome = this.#client.start({ name, instanceId, version, input: input === '' ? undefined : input });
    switch (outcome.kind) {
      case 'bad-request':
        return problem(400, outcome.message);
      case 'exists':
        return problem(500, `An Orchestration instance with the status ${outcome.status} already exists.`);
      case 'started': {
        const wait = readWait(query);
        return wait === undefined ? this.#started(outcome.instanceId) : this.#await(request, outcome.instanceId, wait);
      }
    }
  }

  #started(instanceId: string): HttpAnswer {
    const urls = startUrls(this.#endpoints(), instanceId);
    return jsonAnswer(202, urls, { location: urls['statusQueryGetUri'] ?? '', 'retry-after': '10' });
  }

  /** Start and wait: the output when the instance completes in time, its status when it ends otherwise. */
  async #await(request: HttpRequest, instanceId: string, wait: Wait): Promise<HttpAnswer> {
    if (wait.intervalMs > wait.timeoutMs)
      return problem(400, 'The timeout must not be shorter than the polling interval.');
    const ended = await this.#client.waitForEnd(instanceId, wait);
    if (ended === undefined) return this.#started(instanceId);
    if (ended.status === RuntimeStatus.Completed) return jsonAnswer(200, outputOf(ended));
    return this.#read(request, instanceId, undefined);
  }

  #read(request: HttpRequest, id: string | undefined, extra: string | undefined): HttpAnswer {
    if (extra !== undefined) return { status: 404 };
    const query = request.url.searchParams;
    const showInput = query.get('showInput')?.toLowerCase() !== 'false';
    if (id === undefined) return this.#list(request, showInput);
    const instance = this.#client.get(id);
    if (instance === undefined) return { status: 404 };
    const history = isTrue(query.get('showHistory')) ? this.#client.history(id) : undefined;
    const detail = { showInput, history, showHistoryOutput: isTrue(query.get('showHistoryOutput')) };
    const answer = statusAnswer(instance, detail, request.url.href);
    const isError = instance.status === RuntimeStatus.Failed && isTrue(query.get('returnInternalServerErrorOnFailure'));
    return isError ? { ...answer, status: 500 } : answer;
  }

  #list(request: HttpRequest, showInput: boolean): HttpAnswer {
    const filter = readFilter(request.url.searchParams);
    if (typeof filter === 'string') return problem(400, filter);
    const top = Number(request.url.searchParams.get('top') ?? defaultPageSize);
    const limit = Number.isInteger(top) && top > 0 ? top : defaultPageSize;
    const after = fromToken(request.headers[continuationHeader]);
    const found = this.#client.query({ ...filter, after, limit: limit + 1 });
    const page = found.slice(0, limit);
    const token = found.length > limit ? toToken(page.at(-1)?.instanceId ?? '') : '';
    const body = page.map((instance) => statusObject(instance, { showInput, showHistoryOutput: false }));
    return jsonAnswer(200, body, { [continuationHeader]: token });
  }

  #purge(request: HttpRequest, id: string | undefined, extra: string | undefined): HttpAnswer {
    if (extra !== undefined) return { status: 404 };
    if (id !== undefined) return purged(this.#client.purge(id));
    const filter = readFilter(request.url.searchParams);
    if (typeof filter === 'string') return problem(400, filter);
    if (filter.createdFrom === undefined) return problem(400, 'Please provide value for createdTimeFrom.');
    return purged(this.#client.purgeBy(filter));
  }

  #command(request: HttpRequest, id: string, verb: string, name: string | undefined): HttpAnswer {
    const reason = request.url.searchParams.get('reason') ?? '';
    switch (verb) {
      case 'raiseevent':
        return name === undefined ? { status: 404 } : this.#raise(request, id, name);
      case 'terminate':
        return outcomeAnswer(this.#client.terminate(id, reason));
      case 'suspend':
        return outcomeAnswer(this.#client.suspend(id, reason));
      case 'resume':
        return outcomeAnswer(this.#client.resume(id, reason));
      case 'rewind':
      case 'restart':
        return notSupported(verb === 'rewind' ? 'Rewind' : 'Restart');
      default:
        return { status: 404 };
    }
  }

  #raise(request: HttpRequest, id: string, name: string): HttpAnswer {
    const reached = this.#client.reach(id);
    if (reached !== 'accepted') return outcomeAnswer(reached);
    const input = request.body.toString('utf8');
    const mediaType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (mediaType !== 'application/json') return problem(400, 'Only application/json request content is supported.');
    if (!isJson(input)) return problem(400, 'The event is no JSON.');
    return outcomeAnswer(this.#client.raiseEvent(id, name, input));
  }
}

function outcomeAnswer(outcome: CommandOutcome): HttpAnswer {
  switch (outcome) {
    case 'accepted':
      return { status: 202 };
    case 'absent':
      return { status: 404 };
    case 'ended':
      return { status: 410 };
    case 'conflict':
      return problem(500, 'The instance is in that state already.');
  }
}

function purged(count: number): HttpAnswer {
  return count === 0 ? { status: 404 } : jsonAnswer(200, { instancesDeleted: count });
}

function problem(status: number, message: string): HttpAnswer {
  return jsonAnswer(status, { Message: message });
}

function notSupported(what: string): HttpAnswer {
  // A JSON text, not an object: the SDK makes it the message of its error.
  return jsonAnswer(501, `${what}: the embedded runtime does not have it.`);
}

function isJson(text: string): boolean {
  try {
    parseJson(text);
    return true;
  } catch {
    return false;
  }
}

function toToken(instanceId: string): string {
  return Buffer.from(instanceId, 'utf8').toString('base64url');
}

function fromToken(token: string | undefined): string | undefined {
  return token ? Buffer.from(token, 'base64url').toString('utf8') : undefined;
}
