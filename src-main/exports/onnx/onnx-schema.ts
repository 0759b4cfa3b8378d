// The part of ONNX's protobuf schema that our models need, with the field numbers of onnx.proto (IR version 8).
// Format: github.com/onnx/onnx, onnx/onnx.proto.
import protobuf from 'protobufjs/light.js'

/** onnx.proto's TensorProto.DataType and AttributeProto.AttributeType. */
export const FLOAT_TENSOR = 1
export const ATTRIBUTE_TYPES = { float: 1, int: 2, ints: 7 } as const

const one = (type: string, id: number) => ({ type, id })
const many = (type: string, id: number) => ({ rule: 'repeated', type, id })

const root = protobuf.Root.fromJSON({
  nested: {
    OperatorSet: { fields: { domain: one('string', 1), version: one('int64', 2) } },
    Entry: { fields: { key: one('string', 1), value: one('string', 2) } },
    Attribute: {
      fields: {
        name: one('string', 1),
        f: one('float', 2),
        i: one('int64', 3),
        ints: many('int64', 8),
        type: one('int32', 20),
      },
    },
    Node: {
      fields: {
        input: many('string', 1),
        output: many('string', 2),
        name: one('string', 3),
        opType: one('string', 4),
        attribute: many('Attribute', 5),
      },
    },
    Tensor: {
      fields: {
        dims: many('int64', 1),
        dataType: one('int32', 2),
        name: one('string', 8),
        rawData: one('bytes', 9),
      },
    },
    Dimension: { fields: { dimValue: one('int64', 1), dimParam: one('string', 2) } },
    TensorShape: { fields: { dim: many('Dimension', 1) } },
    TensorType: { fields: { elemType: one('int32', 1), shape: one('TensorShape', 2) } },
    Type: { fields: { tensorType: one('TensorType', 1) } },
    ValueInfo: { fields: { name: one('string', 1), type: one('Type', 2), docString: one('string', 3) } },
    Graph: {
      fields: {
        node: many('Node', 1),
        name: one('string', 2),
        initializer: many('Tensor', 5),
        docString: one('string', 10),
        input: many('ValueInfo', 11),
        output: many('ValueInfo', 12),
      },
    },
    Model: {
      fields: {
        irVersion: one('int64', 1),
        producerName: one('string', 2),
        producerVersion: one('string', 3),
        graph: one('Graph', 7),
        opsetImport: many('OperatorSet', 8),
        metadataProps: many('Entry', 14),
      },
    },
  },
})

/** A ModelProto: encodes plain objects of the fields above. */
export const onnxModelType = root.lookupType('Model')
