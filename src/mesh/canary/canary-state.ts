import { CanaryStep } from './canary-step';

/** What a canary route does after a step. */
export interface CanaryState {
  readonly weight: number;
  readonly mirrorPercent?: number;
}

/** Refuses a list that could not be gone through. */
export function checkSteps(steps: readonly CanaryStep[], what: string): readonly CanaryStep[] {
  if (steps.length === 0) {
    throw new Error(`steps of ${what} must not be empty: pass CanaryStep.weight(percent) at least, or leave them out`);
  }
  const shifted = steps.findIndex(({ percent }) => (percent ?? 0) > 0);
  const late = steps.findIndex(({ mirrorPercent }, i) => mirrorPercent !== undefined && shifted !== -1 && i > shifted);
  if (late !== -1) {
    throw new Error(`steps of ${what} must mirror before anything is shifted, got a mirror at ${late} after a weight at ${shifted}: ` +
      'the canary would get some requests twice');
  }
  return steps;
}

/** The state after some steps. */
export function stateAfter(steps: readonly CanaryStep[]): CanaryState {
  return steps.reduce<CanaryState>((state, { percent, mirrorPercent }) =>
    percent !== undefined ? { weight: percent } : { ...state, mirrorPercent: mirrorPercent ?? state.mirrorPercent }, { weight: 0 });
}
