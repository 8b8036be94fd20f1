/** The token that a script asks for, in the generation state. */
import type { TokenSpec } from '../../language/tokens.ts';
import { type ClientForecast, type Forecast, type MintedToken, mint } from './state.ts';

/** Undefined where `current` names a token and the client has none. */
export function tokenOf(forecast: Forecast, client: ClientForecast, spec: TokenSpec): MintedToken | undefined {
  return spec.kind === 'current' ? client.session?.token : mint(forecast, spec);
}
