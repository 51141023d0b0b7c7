/**
 * Reads a Python pickle (protocols 2 to 5, as `pickletools` documents them) as inert data: nothing is imported, called or
 * executed. A class is its name, a call is its name and arguments. Operations that no checkpoint needs are refused.
 */
import { damaged, notWhisper } from "./refusals.ts";

/** A class or function, by its name: `torch._utils _rebuild_tensor_v2`. */
export class PickleName {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** What a call would have made, with what was filled in afterwards. */
export class PickleObject {
  readonly callable: PickleValue;
  readonly args: PickleValue;
  readonly entries = new Map<string, PickleValue>();
  state: PickleValue = null;

  constructor(callable: PickleValue, args: PickleValue) {
    this.callable = callable;
    this.args = args;
  }
}

/** A reference to something outside of the pickle: a storage of numbers. */
export class PickleReference {
  readonly id: PickleValue;

  constructor(id: PickleValue) {
    this.id = id;
  }
}

/** A dictionary; entries whose key is not text are left out. */
export type PickleDictionary = Map<string, PickleValue>;
type PickleList = PickleValue[];
export type PickleValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | PickleName
  | PickleObject
  | PickleReference
  | PickleDictionary
  | PickleList;

class Mark {}
const mark = new Mark();
type Slot = PickleValue | Mark;

/** A checkpoint of a large model takes about 60,000 operations; training states take more. */
const maxOperations = 2_000_000;
const maxLongBytes = 8;

class PickleReader {
  readonly #bytes: Buffer;
  readonly #subject: string;
  readonly #stack: Slot[] = [];
  readonly #memo = new Map<number, PickleValue>();
  #at = 0;

  constructor(bytes: Buffer, subject: string) {
    this.#bytes = bytes;
    this.#subject = subject;
  }

  read(): PickleValue {
    for (let count = 0; count < maxOperations; count++) {
      const code = this.#uint(1);
      if (code === 0x2e) return this.#pop();
      this.#run(code);
    }
    throw notWhisper(this.#subject, "its description is far longer than that of a Whisper model");
  }

  #run(code: number): void {
    const operation = operations[code];
    if (operation === undefined) {
      throw notWhisper(this.#subject, "it holds instructions that a model has no need of, and none of them was run");
    }
    operation(this);
  }

  #fail(): never {
    throw damaged(this.#subject, "the description of its weights cannot be read");
  }

  #take(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) this.#fail();
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  #uint(bytes: number): number {
    return this.#take(bytes).readUIntLE(0, bytes);
  }

  #pop(): PickleValue {
    const top = this.#stack.pop();
    if (top === undefined || top instanceof Mark) this.#fail();
    return top;
  }

  #popToMark(): PickleValue[] {
    const at = this.#stack.lastIndexOf(mark);
    if (at < 0) this.#fail();
    const values = this.#stack.splice(at) as [Mark, ...PickleValue[]];
    return values.slice(1) as PickleValue[];
  }

  push(value: Slot): void {
    this.#stack.push(value);
  }

  pushMark(): void {
    this.push(mark);
  }

  /** @param bytes how long the number is */
  pushUint(bytes: number): void {
    this.push(this.#uint(bytes));
  }

  pushInt32(): void {
    this.push(this.#take(4).readInt32LE(0));
  }

  pushLong(): void {
    const length = this.#uint(1);
    if (length > maxLongBytes) this.#fail();
    const value = length === 0 ? 0n : BigInt.asIntN(length * 8, toBigInt(this.#take(length)));
    if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER)) this.#fail();
    this.push(Number(value));
  }

  pushDouble(): void {
    this.push(this.#take(8).readDoubleBE(0));
  }

  /** @param lengthBytes how long the length is that stands before the text */
  pushText(lengthBytes: number): void {
    this.push(this.#take(this.#length(lengthBytes)).toString("utf8"));
  }

  pushBytes(lengthBytes: number): void {
    this.push(Uint8Array.from(this.#take(this.#length(lengthBytes))));
  }

  #length(bytes: number): number {
    if (bytes < 8) return this.#uint(bytes);
    const length = this.#take(8).readBigUInt64LE(0);
    return length > BigInt(this.#bytes.length) ? this.#fail() : Number(length);
  }

  skip(bytes: number): void {
    this.#take(bytes);
  }

  pushName(): void {
    const module = this.#line();
    this.push(new PickleName(`${module} ${this.#line()}`));
  }

  pushNameFromStack(): void {
    const name = this.#pop();
    const module = this.#pop();
    if (typeof name !== "string" || typeof module !== "string") this.#fail();
    this.push(new PickleName(`${module} ${name}`));
  }

  #line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0) this.#fail();
    const text = this.#bytes.toString("utf8", this.#at, end);
    this.#at = end + 1;
    return text;
  }

  pushCall(): void {
    const args = this.#pop();
    this.push(new PickleObject(this.#pop(), args));
  }

  /** The arguments by name are of no use here. */
  pushCallWithNames(): void {
    this.#pop();
    this.pushCall();
  }

  setState(): void {
    const state = this.#pop();
    const target = this.#peek();
    if (target instanceof PickleObject) target.state = state;
  }

  pushReference(): void {
    this.push(new PickleReference(this.#pop()));
  }

  pushTuple(length: number): void {
    const values = Array.from({ length }, () => this.#pop());
    this.push(values.reverse());
  }

  pushMarked(): void {
    this.push(this.#popToMark());
  }

  pushMarkedDictionary(): void {
    const pairs = this.#popToMark();
    this.push(new Map());
    this.#setPairs(pairs);
  }

  append(): void {
    this.#appendAll([this.#pop()]);
  }

  appendMarked(): void {
    this.#appendAll(this.#popToMark());
  }

  #appendAll(values: readonly PickleValue[]): void {
    const target = this.#peek();
    // What is added to an object's own list is of no use here.
    if (Array.isArray(target)) for (const value of values) target.push(value);
  }

  setItem(): void {
    const value = this.#pop();
    this.#setPairs([this.#pop(), value]);
  }

  setMarkedItems(): void {
    this.#setPairs(this.#popToMark());
  }

  #setPairs(pairs: readonly PickleValue[]): void {
    if (pairs.length % 2 === 1) this.#fail();
    const target = this.#peek();
    const entries = target instanceof PickleObject ? target.entries : target;
    if (!(entries instanceof Map)) this.#fail();
    for (let index = 0; index < pairs.length; index += 2) {
      const key = pairs[index];
      if (typeof key === "string") entries.set(key, pairs[index + 1] as PickleValue);
    }
  }

  #peek(): PickleValue {
    const top = this.#stack.at(-1);
    if (top === undefined || top instanceof Mark) this.#fail();
    return top;
  }

  /** @param bytes of the number under which the top is remembered; 0: the next one */
  remember(bytes: number): void {
    this.#memo.set(bytes === 0 ? this.#memo.size : this.#uint(bytes), this.#peek());
  }

  recall(bytes: number): void {
    const value = this.#memo.get(this.#uint(bytes));
    if (value === undefined) this.#fail();
    this.push(value);
  }

  drop(): void {
    if (this.#stack.pop() === undefined) this.#fail();
  }

  dropMarked(): void {
    this.#popToMark();
  }

  duplicate(): void {
    this.push(this.#peek());
  }
}

function toBigInt(bytes: Buffer): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

type Operation = (reader: PickleReader) => void;

/** By the number of the operation; the names are those of `pickletools`. */
const operations: Readonly<Record<number, Operation>> = {
  128: (reader) => reader.skip(1), // PROTO
  149: (reader) => reader.skip(8), // FRAME
  40: (reader) => reader.pushMark(), // MARK
  48: (reader) => reader.drop(), // POP
  49: (reader) => reader.dropMarked(), // POP_MARK
  50: (reader) => reader.duplicate(), // DUP
  78: (reader) => reader.push(null), // NONE
  136: (reader) => reader.push(true), // NEWTRUE
  137: (reader) => reader.push(false), // NEWFALSE
  74: (reader) => reader.pushInt32(), // BININT
  75: (reader) => reader.pushUint(1), // BININT1
  77: (reader) => reader.pushUint(2), // BININT2
  138: (reader) => reader.pushLong(), // LONG1
  71: (reader) => reader.pushDouble(), // BINFLOAT
  140: (reader) => reader.pushText(1), // SHORT_BINUNICODE
  88: (reader) => reader.pushText(4), // BINUNICODE
  141: (reader) => reader.pushText(8), // BINUNICODE8
  85: (reader) => reader.pushText(1), // SHORT_BINSTRING
  84: (reader) => reader.pushText(4), // BINSTRING
  67: (reader) => reader.pushBytes(1), // SHORT_BINBYTES
  66: (reader) => reader.pushBytes(4), // BINBYTES
  142: (reader) => reader.pushBytes(8), // BINBYTES8
  41: (reader) => reader.push([]), // EMPTY_TUPLE
  93: (reader) => reader.push([]), // EMPTY_LIST
  125: (reader) => reader.push(new Map()), // EMPTY_DICT
  143: (reader) => reader.push([]), // EMPTY_SET
  133: (reader) => reader.pushTuple(1), // TUPLE1
  134: (reader) => reader.pushTuple(2), // TUPLE2
  135: (reader) => reader.pushTuple(3), // TUPLE3
  116: (reader) => reader.pushMarked(), // TUPLE
  108: (reader) => reader.pushMarked(), // LIST
  145: (reader) => reader.pushMarked(), // FROZENSET
  100: (reader) => reader.pushMarkedDictionary(), // DICT
  97: (reader) => reader.append(), // APPEND
  101: (reader) => reader.appendMarked(), // APPENDS
  144: (reader) => reader.appendMarked(), // ADDITEMS
  115: (reader) => reader.setItem(), // SETITEM
  117: (reader) => reader.setMarkedItems(), // SETITEMS
  113: (reader) => reader.remember(1), // BINPUT
  114: (reader) => reader.remember(4), // LONG_BINPUT
  148: (reader) => reader.remember(0), // MEMOIZE
  104: (reader) => reader.recall(1), // BINGET
  106: (reader) => reader.recall(4), // LONG_BINGET
  99: (reader) => reader.pushName(), // GLOBAL
  147: (reader) => reader.pushNameFromStack(), // STACK_GLOBAL
  82: (reader) => reader.pushCall(), // REDUCE
  129: (reader) => reader.pushCall(), // NEWOBJ
  146: (reader) => reader.pushCallWithNames(), // NEWOBJ_EX
  98: (reader) => reader.setState(), // BUILD
  81: (reader) => reader.pushReference(), // BINPERSID
};

/**
 * Reads a pickle. The result may refer to itself: follow it to a known depth only.
 * @param subject the file's path, for errors
 * @throws ArchivistError `model.invalid`
 */
export function readPickle(bytes: Buffer, subject: string): PickleValue {
  return new PickleReader(bytes, subject).read();
}
