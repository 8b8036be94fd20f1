/** `Schema as S`: the words a schema is written in. */
export {
  BooleanType as Boolean,
  DateType as Date,
  Id,
  NumberType as Number,
  Optional,
  SetType as Set,
  StringType as String,
} from './attributes.ts';
export { Collections, Schema } from './collections.ts';
