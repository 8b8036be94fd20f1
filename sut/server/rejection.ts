/** Why a write was refused. */
export interface Rejection {
  readonly name: string;
  readonly message: string;
}
