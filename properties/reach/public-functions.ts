/**
 * What a user of the library may call: the functions and the members of the classes that `sut/index.ts` exports, found by
 * the compiler, and the members of the plain objects that those functions return. Each is known to the counters by its body.
 */
import { join, relative } from 'node:path';
import type { FileCoverageData } from 'istanbul-lib-coverage';
import ts from 'typescript';
import { repositoryRoot } from '../../tools/repository-root.ts';

export interface PublicFunction {
  /** As a user would write it: `and`, `SyncClient.insert`, `Schema.String`. */
  readonly name: string;
  /** Relative to the root. */
  readonly file: string;
  readonly line: number;
  /** Where its body begins; columns from 0, as the counters have it. */
  readonly body: { readonly line: number; readonly column: number };
}

export function publicFunctions(entry = 'sut/index.ts', root = repositoryRoot()): readonly PublicFunction[] {
  const program = ts.createProgram([join(root, entry)], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    // Names are asked for, not types: what the language brings need not be read.
    noLib: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(join(root, entry));
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${entry} is no module`);
  const found: PublicFunction[] = [];
  const add = (name: string, body: ts.Node): void => {
    const file = body.getSourceFile();
    const start = file.getLineAndCharacterOfPosition(withoutParentheses(body).getStart());
    found.push({ name, file: pathOf(file, root), line: start.line + 1, body: { line: start.line + 1, column: start.character } });
  };
  for (const [name, declaration] of exportsOf(module, checker, '')) addDeclaration(name, declaration, add);
  const isOurs = ({ file }: PublicFunction): boolean => file.startsWith('sut/');
  return found.filter(isOurs).sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Those of a namespace under its name. */
function exportsOf(module: ts.Symbol, checker: ts.TypeChecker, prefix: string): readonly (readonly [string, ts.Declaration])[] {
  const values = checker.getExportsOfModule(module).filter((exported) => !isTypeOnly(exported));
  return values.flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const name = `${prefix}${exported.getName()}`;
    if (symbol.flags & ts.SymbolFlags.ValueModule) return exportsOf(symbol, checker, `${name}.`);
    return (symbol.declarations ?? []).map((declaration) => [name, declaration] as const);
  });
}

/** A name may stand for a type and for a function, of which only the type is exported. */
function isTypeOnly({ declarations = [] }: ts.Symbol): boolean {
  return declarations.some(
    (declaration) => ts.isExportSpecifier(declaration) && (declaration.isTypeOnly || declaration.parent.parent.isTypeOnly),
  );
}

type Add = (name: string, body: ts.Node) => void;

function addDeclaration(name: string, declaration: ts.Declaration, add: Add): void {
  if (ts.isClassDeclaration(declaration)) {
    for (const member of declaration.members) addMember(name, member, add);
  } else if (ts.isFunctionDeclaration(declaration)) {
    addFunction(name, declaration, add);
  } else if (ts.isVariableDeclaration(declaration)) {
    const value = withoutTypes(declaration.initializer);
    if (value !== undefined && isFunction(value)) addFunction(name, value, add);
    if (value !== undefined && ts.isObjectLiteralExpression(value)) addObject(name, value, add);
  }
}

function addMember(name: string, member: ts.ClassElement, add: Add): void {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  if (ts.getCombinedModifierFlags(member) & hidden) return;
  if (ts.isConstructorDeclaration(member)) {
    if (member.body !== undefined) add(`new ${name}`, member.body);
    return;
  }
  if (member.name === undefined || ts.isPrivateIdentifier(member.name)) return;
  const memberName = `${name}.${member.name.getText()}`;
  if (ts.isMethodDeclaration(member) || ts.isAccessor(member)) addFunction(memberName, member, add);
  if (ts.isPropertyDeclaration(member)) {
    const value = withoutTypes(member.initializer);
    if (value !== undefined && isFunction(value)) addFunction(memberName, value, add);
  }
}

/** A signature of an overloaded one has no body, and is no function of its own. */
function addFunction(name: string, declaration: ts.FunctionLikeDeclaration, add: Add): void {
  const { body } = declaration;
  if (body === undefined) return;
  add(name, body);
  for (const returned of returnedObjects(body)) addObject(name, returned, add);
}

function addObject(name: string, object: ts.ObjectLiteralExpression, add: Add): void {
  for (const property of object.properties) {
    if (property.name === undefined) continue;
    const memberName = `${name}.${property.name.getText()}`;
    if (ts.isMethodDeclaration(property) || ts.isAccessor(property)) addFunction(memberName, property, add);
    if (ts.isPropertyAssignment(property)) {
      const value = withoutTypes(property.initializer);
      if (value !== undefined && isFunction(value)) addFunction(memberName, value, add);
    }
  }
}

function returnedObjects(body: ts.Node): readonly ts.ObjectLiteralExpression[] {
  const direct = withoutTypes(ts.isExpression(body) ? body : undefined);
  if (direct !== undefined) return ts.isObjectLiteralExpression(direct) ? [direct] : [];
  const found: ts.ObjectLiteralExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    const value = ts.isReturnStatement(node) ? withoutTypes(node.expression) : undefined;
    if (value !== undefined && ts.isObjectLiteralExpression(value)) found.push(value);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  return found;
}

function isFunction(node: ts.Node): node is ts.ArrowFunction | ts.FunctionExpression {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

function withoutTypes(node: ts.Expression | undefined): ts.Expression | undefined {
  if (node === undefined) return undefined;
  return ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node)
    ? withoutTypes(node.expression)
    : node;
}

/** The counters know a body in parentheses by what is in them. */
function withoutParentheses(node: ts.Node): ts.Node {
  return ts.isParenthesizedExpression(node) ? withoutParentheses(node.expression) : node;
}

function pathOf(file: ts.SourceFile, root: string): string {
  return relative(root, file.fileName).replaceAll('\\', '/');
}

/** Whether the counters know it, and whether it was called; undefined: the file is not counted. */
export function isCalled({ file, body }: PublicFunction, files: Readonly<Record<string, FileCoverageData>>): boolean | undefined {
  const counted = files[file];
  if (counted === undefined) return undefined;
  const [key] = Object.entries(counted.fnMap).flatMap(([number, { loc }]) => (isAt(loc.start, body) ? [number] : []));
  if (key === undefined) throw new Error(`no function begins at ${file}:${body.line}:${body.column + 1}`);
  return (counted.f[key] ?? 0) > 0;
}

function isAt(one: { readonly line: number; readonly column: number }, other: { readonly line: number; readonly column: number }): boolean {
  return one.line === other.line && one.column === other.column;
}
