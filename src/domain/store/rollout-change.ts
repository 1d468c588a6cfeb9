export const rolloutActions = ['hold', 'resume', 'halt', 'finalize'] as const;
export type RolloutAction = (typeof rolloutActions)[number];

/** What a person asks of a rollout. */
export type RolloutChange = { readonly percentage: number } | { readonly action: RolloutAction };
