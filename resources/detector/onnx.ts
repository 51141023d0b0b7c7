/**
 * Reads the weights out of an ONNX file: protocol buffers (protobuf.dev/programming-guides/encoding) of the few messages of
 * onnx.proto3 that hold tensors. Graphs inside of graphs (the branches of an If) are read as well.
 */

/** A tensor of 32-bit floats; tensors of other types are left out. */
export interface OnnxTensor {
  readonly name: string;
  /** Sizes, the slowest dimension first, as ONNX lists them. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A field of a message: its number, and its value as it stands in the file. */
interface Field {
  readonly number: number;
  readonly value: number | Buffer;
}

/** Field numbers of onnx.proto3. */
const modelGraph = 7;
const graphNode = 1;
const graphInitializer = 5;
const nodeOutput = 2;
const nodeAttribute = 5;
const attributeTensor = 5;
const attributeGraph = 6;
const tensorShape = 1;
const tensorType = 2;
const tensorFloats = 4;
const tensorName = 8;
const tensorRaw = 9;
/** TensorProto.DataType.FLOAT */
const floatType = 1;

/** Reads a message's fields. @throws Error when they do not end where the message does */
function* readFields(message: Buffer): Generator<Field> {
  let at = 0;
  const readNumber = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at++];
      if (byte === undefined || factor > 2 ** 63) throw new Error("the file ends too early");
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  const take = (length: number): Buffer => {
    if (at + length > message.length) throw new Error("the file ends too early");
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const key = readNumber();
    const number = Math.floor(key / 8);
    const kind = key % 8;
    if (kind === 0) yield { number, value: readNumber() };
    else if (kind === 1) yield { number, value: take(8) };
    else if (kind === 2) yield { number, value: take(readNumber()) };
    else if (kind === 5) yield { number, value: take(4) };
    else throw new Error(`there is no wire type ${kind}`);
  }
}

/** The fields of one number that are messages, texts or bytes. */
function findAll(message: Buffer, number: number): readonly Buffer[] {
  return [...readFields(message)].flatMap((field) =>
    field.number === number && typeof field.value !== "number" ? [field.value] : [],
  );
}

function toFloats(bytes: Buffer): Float32Array {
  return Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => bytes.readFloatLE(index * 4));
}

/** @param name the name of the node's output, for constants, whose tensors have none */
function readTensor(message: Buffer, name: string | undefined): readonly OnnxTensor[] {
  const shape: number[] = [];
  let type = 0;
  for (const { number, value } of readFields(message)) {
    if (number === tensorShape) shape.push(...(typeof value === "number" ? [value] : readPacked(value)));
    if (number === tensorType && typeof value === "number") type = value;
  }
  if (type !== floatType) return [];
  const raw = findAll(message, tensorRaw)[0] ?? Buffer.concat(findAll(message, tensorFloats));
  const values = toFloats(raw);
  if (values.length !== shape.reduce((product, size) => product * size, 1)) throw new Error("a tensor is incomplete");
  return [{ name: name ?? findAll(message, tensorName)[0]?.toString("utf8") ?? "", shape, values }];
}

/** Numbers that stand one after the other without keys. */
function readPacked(bytes: Buffer): readonly number[] {
  const numbers: number[] = [];
  let value = 0;
  let factor = 1;
  for (const byte of bytes) {
    value += (byte & 127) * factor;
    factor *= 128;
    if (byte >= 128) continue;
    numbers.push(value);
    value = 0;
    factor = 1;
  }
  return numbers;
}

function readGraph(graph: Buffer): readonly OnnxTensor[] {
  const tensors = findAll(graph, graphInitializer).flatMap((message) => readTensor(message, undefined));
  for (const node of findAll(graph, graphNode)) {
    const name = findAll(node, nodeOutput)[0]?.toString("utf8");
    for (const attribute of findAll(node, nodeAttribute)) {
      for (const constant of findAll(attribute, attributeTensor)) tensors.push(...readTensor(constant, name));
      for (const inner of findAll(attribute, attributeGraph)) tensors.push(...readGraph(inner));
    }
  }
  return tensors;
}

/** Reads all tensors of floats in a model. @throws Error when the file is not whole */
export function readOnnxTensors(file: Buffer): readonly OnnxTensor[] {
  return findAll(file, modelGraph).flatMap(readGraph);
}
