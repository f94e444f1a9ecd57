/** A node of the syntax tree as far as names are concerned. */
interface SyntaxNode {
  readonly type: string;
  readonly loc?: { readonly start: Place; readonly end: Place } | null;
  readonly id?: SyntaxNode | null;
  readonly key?: SyntaxNode | null;
  readonly name?: unknown;
  readonly value?: unknown;
  readonly callee?: SyntaxNode;
}

/** Where a node stands, as the tree counts: lines from 1, columns from 0. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** A way through the syntax tree, as the instrumenter shows it to what may ignore nodes. */
interface SyntaxPath {
  readonly node: SyntaxNode;
  readonly parentPath: SyntaxPath | null;
}

interface Scope {
  readonly name: string;
  readonly start: Place;
  readonly end: Place;
}

const NAMED = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ClassDeclaration",
  "ClassExpression",
  "ClassMethod",
  "ClassPrivateMethod",
  "ClassProperty",
  "ClassPrivateProperty",
  "ObjectMethod",
  "VariableDeclarator",
]);

/**
 * Looks on while the instrumenter walks through files, one after the other, and notes which functions, classes and
 * constants lie where. Ignores the words of command lines: texts in both languages are no decisions.
 */
export class ScopeNotes {
  readonly #scopes: Scope[][] = [];

  /** Asked of each node. Gives the reason why no mutant is made in it; undefined: mutants are made. */
  shouldIgnore(path: object): string | undefined {
    const { node } = path as SyntaxPath;
    if (node.type === "Program") this.#scopes.push([]);
    const name = NAMED.has(node.type) ? nameOf(node) : undefined;
    if (name !== undefined && node.loc) {
      this.#scopes.at(-1)?.push({ name, start: node.loc.start, end: node.loc.end });
    }
    const isSaid = node.type === "CallExpression" && node.callee?.name === "say";
    return isSaid ? "words" : undefined;
  }

  /** The names around a place in the file with that number, outermost first. */
  within(fileIndex: number, start: Place, end: Place): string {
    const around = (this.#scopes[fileIndex] ?? []).filter(
      (scope) => !isBefore(start, scope.start) && !isBefore(scope.end, end),
    );
    const names = around
      .toSorted((one, other) => (isBefore(one.start, other.start) ? -1 : 1))
      .map(({ name }) => name);
    return [...new Set(names)].join(".");
  }
}

function isBefore(one: Place, other: Place): boolean {
  return one.line < other.line || (one.line === other.line && one.column < other.column);
}

function nameOf({ id, key }: SyntaxNode): string | undefined {
  const named = id ?? key;
  if (named?.type === "PrivateName") {
    const inner = named.id?.name;
    return typeof inner === "string" ? `#${inner}` : undefined;
  }
  const name = named?.name ?? named?.value;
  return typeof name === "string" ? name : undefined;
}
