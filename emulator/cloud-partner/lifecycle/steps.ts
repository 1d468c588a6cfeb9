/** A step of every publication. */
interface Step {
  readonly id: string;
  readonly stepName: string;
  readonly description: string;
  readonly estimatedTimeFrame: string;
  /** Of the certification duration; *assumed*. */
  readonly share: number;
}

/** *Documented*, in this order; the descriptions are *assumed*. */
export const STEPS: readonly Step[] = [
  {
    id: 'displaydummycertify',
    stepName: 'Validate Pre-Requisites',
    description: 'Settings are validated.',
    estimatedTimeFrame: '< 15 min',
    share: 0.1,
  },
  {
    id: 'displaycertify',
    stepName: 'Certification',
    description: 'The offer is analyzed by the certification systems.',
    estimatedTimeFrame: '~2-3 days',
    share: 0.6,
  },
  {
    id: 'displayprovision',
    stepName: 'Provisioning',
    description: 'The offer is being replicated.',
    estimatedTimeFrame: '< 1 day',
    share: 0.2,
  },
  {
    id: 'displaypackage',
    stepName: 'Packaging and Lead Generation Registration',
    description: 'The offer is packaged and its lead destination is hooked up.',
    estimatedTimeFrame: '< 1 hour',
    share: 0.1,
  },
  {
    id: 'publisher-signoff',
    stepName: 'Publisher signoff',
    description: 'The offer is available for preview and waits for its publisher to go live.',
    estimatedTimeFrame: '< 1 hour',
    share: 0,
  },
  {
    id: 'live',
    stepName: 'Live',
    description: 'The offer is made available to everybody.',
    estimatedTimeFrame: '~2-5 days',
    share: 1,
  },
];

/** Indexes of the steps in which something special happens. */
export const CERTIFICATION = 1;
export const SIGNOFF = 4;
export const LIVE = 5;

/** How long a cancellation takes that is not done at once, of the certification duration; *assumed*. */
export const CANCEL_SHARE = 0.05;
