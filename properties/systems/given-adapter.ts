/** The adapter that a bundle was made for: the bundler puts it in the place of this file, which stands for none. */

export const given: unknown = undefined;
