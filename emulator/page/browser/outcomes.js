/**
 * @typedef {import('./emulator.js').Outcome} Outcome
 * @typedef {import('./emulator.js').State} State
 * @typedef {import('./emulator.js').Marketplace} Marketplace
 *
 * @typedef {object} WaitingOutcome
 * @property {string} id
 * @property {string} text what is to happen to what
 * @property {unknown} outcome
 */

/**
 * The outcomes that nothing has met yet, of every API.
 *
 * @param {State} state
 * @param {Marketplace} marketplace
 * @returns {WaitingOutcome[]}
 */
export function waitingOutcomes(state, { submissionOutcomes, packageOutcomes, offerOutcomes }) {
  return [
    ...state.outcomes.map((outcome) => ({ id: outcome.id, text: commitText(outcome), outcome })),
    ...submissionOutcomes.map((outcome) => ({
      id: outcome.id,
      text: `Next submission of ${outcome.product ?? 'any product'} ${endText(outcome.result, outcome.stuckIn)}`,
      outcome,
    })),
    ...packageOutcomes.map((outcome) => ({
      id: outcome.id,
      text: `Next ${outcome.fileName ?? 'package'} of ${outcome.product ?? 'any product'} ${outcome.validationItems.length > 0 ? 'fails' : 'passes'}`,
      outcome,
    })),
    ...offerOutcomes.map((outcome) => ({
      id: outcome.id,
      text: `Next ${outcome.of} of ${offerText(outcome)} ${endText(outcome.result, outcome.stuckAs)}`,
      outcome,
    })),
  ];
}

/** @param {Outcome} outcome */
function commitText({ result, application, flight, addOn, stuckIn }) {
  return `Next commit of ${flight ?? addOn ?? application ?? 'any product'} ${endText(result, stuckIn)}`;
}

/** @param {Marketplace['offerOutcomes'][number]} outcome */
function offerText({ publisher, offer }) {
  return publisher || offer ? `${publisher ?? 'any publisher'}/${offer ?? 'any offer'}` : 'any offer';
}

/**
 * @param {string} result
 * @param {string} stuck where
 */
function endText(result, stuck) {
  return result === 'Stuck' ? `stays in ${stuck}` : `ends in ${result}`;
}
