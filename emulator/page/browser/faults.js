import { control } from './emulator.js';
import { find, jsonView, fold, make, show } from './elements.js';
import { badge } from './parts.js';

/**
 * @typedef {import('./emulator.js').Fault} Fault
 * @typedef {import('./outcomes.js').WaitingOutcome} WaitingOutcome
 */

const BOOKKEEPING = ['id', 'hits', 'reached', 'passed', 'holding', 'operation', 'when', 'times'];

/**
 * Shows what was set to go wrong, and which of it nothing has met.
 *
 * @param {Fault[]} faults
 * @param {WaitingOutcome[]} outcomes
 * @param {(action: () => Promise<unknown>, done: string) => void} act
 */
export function showFaults(faults, outcomes, act) {
  const unhit = faults.filter(({ hits, times }) => hits < times).length + outcomes.length;
  find('faults-count').textContent = unhit === 0 ? '' : `${unhit} unhit`;
  show(find('faults'), [faults, outcomes], () => {
    if (faults.length + outcomes.length === 0) {
      return [make('p', { class: 'empty' }, 'None is set. Set them at /control/faults and /control/outcomes.')];
    }
    return [
      faults.map((fault) => make('div', { class: 'item' }, faultView(fault, act))),
      outcomes.map((outcome) => make('div', { class: 'item' }, outcomeView(outcome))),
      outcomes.length > 0 &&
        make(
          'button',
          {
            type: 'button',
            class: 'more',
            'data-key': 'outcomes/remove',
            onclick: () => act(() => control('DELETE', '/outcomes'), 'Outcomes removed.'),
          },
          'Remove outcomes',
        ),
    ];
  });
}

/**
 * @param {Fault} fault
 * @param {(action: () => Promise<unknown>, done: string) => void} act
 */
function faultView(fault, act) {
  const { id, operation, when, times, hits, holding } = fault;
  const state = hits === 0 ? 'unhit' : hits < times ? 'partly hit' : 'hit';
  const summary = [
    make('span', { class: 'name' }, `${operation}, ${when}: ${effectOf(fault)}`),
    make('span', { class: 'badges' }, [
      holding > 0 && make('span', { class: 'badge busy' }, `holding ${holding}`),
      make('span', { class: `badge ${hits < times ? 'draft' : 'good'}` }, `${state} ${hits}/${times}`),
    ]),
  ];
  const remove = () => act(() => control('DELETE', `/faults/${id}`), 'Fault removed.');
  const release = () => act(() => control('POST', `/faults/${id}/release`), 'Held requests released.');
  const kept = Object.fromEntries(Object.entries(fault).filter(([name, value]) => isTold(name, value)));
  return fold(`fault/${id}`, summary, () => [
    make('div', { class: 'buttons' }, [
      holding > 0 && make('button', { type: 'button', 'data-key': `${id}/release`, onclick: release }, 'Release'),
      make('button', { type: 'button', 'data-key': `${id}/remove`, onclick: remove }, 'Remove'),
    ]),
    jsonView(`Fault ${id}`, kept),
  ]);
}

/**
 * Whether a member says more than the summary, and more than that it was left out.
 *
 * @param {string} name
 * @param {unknown} value
 */
function isTold(name, value) {
  return !BOOKKEEPING.includes(name) && value !== false && value !== 0 && JSON.stringify(value) !== '{}';
}

/** @param {Fault} fault */
function effectOf(fault) {
  const { delayMs, hold, cut, answer, discard, expiredUploadUrl } = fault;
  const effects = [
    delayMs !== undefined && `waits ${delayMs} ms`,
    hold && 'is held',
    cut && 'is cut',
    answer && `answers ${answer.status}`,
    discard && 'stores nothing',
    expiredUploadUrl && 'gives an expired upload URL',
  ].filter(Boolean);
  return effects.join(', ') || 'is as its JSON says';
}

/** @param {WaitingOutcome} waiting */
function outcomeView({ id, text, outcome }) {
  const summary = [make('span', { class: 'name' }, text), make('span', { class: 'badges' }, badge('draft', 'unhit'))];
  return fold(`outcome/${id}`, summary, () => [jsonView(`Outcome ${id}`, outcome)]);
}
