// How an action is made: whoever runs it, a refusal is said and nothing happens; a success takes the last refusal away.
import type { Action, App } from '../app.ts';

interface Definition<Input> {
  readonly id: string;
  readonly label: string;
  readonly keys?: readonly string[];
  refusal?(app: App, input: Input): string | null;
  perform(app: App, input: Input): void;
}

export function defineAction<Input = void>(definition: Definition<Input>): Action<Input> {
  const refusal = (app: App, input: Input): string | null => definition.refusal?.(app, input) ?? null;
  return {
    id: definition.id,
    label: definition.label,
    keys: definition.keys ?? [],
    refusal,
    run: (app, input) => {
      const why = refusal(app, input);
      if (why !== null) {
        app.hand.setState({ refusal: why });
        return;
      }
      if (app.hand.getState().refusal !== null) app.hand.setState({ refusal: null });
      definition.perform(app, input);
    },
  };
}
