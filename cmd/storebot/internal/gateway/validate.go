package gateway

import (
	"context"
	"errors"
	"fmt"
	"strings"

	storebotv1 "storebot/proto/gen/storebot/v1"

	"buf.build/go/protovalidate"
	"connectrpc.com/connect/v2"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// validate holds every message to the rules that stand in the contract, and to one
// that holds for every text.
func validate(next connect.ServerFunc) connect.ServerFunc {
	return func(ctx context.Context, spec connect.Spec, stream connect.ServerStream) error {
		return next(ctx, spec, validStream{stream})
	}
}

type validStream struct{ connect.ServerStream }

func (s validStream) Receive(msg any) error {
	if err := s.ServerStream.Receive(msg); err != nil {
		return err
	}
	m, ok := msg.(proto.Message)
	if !ok {
		return fmt.Errorf("gateway: message of type %T is not protobuf", msg)
	}
	var fields []*storebotv1.FieldViolation
	if path := unstorable(m.ProtoReflect()); path != "" {
		fields = append(fields, &storebotv1.FieldViolation{Path: path, Rule: "string.control", Message: "holds the character U+0000; take it out"})
	}
	err := protovalidate.Validate(m)
	invalid, ok := errors.AsType[*protovalidate.ValidationError](err)
	switch {
	case err != nil && !ok:
		return err
	case err == nil && len(fields) == 0:
		return nil
	case err == nil:
		return invalidFields(fields)
	}
	for _, v := range invalid.Violations {
		fields = append(fields, &storebotv1.FieldViolation{
			Path: protovalidate.FieldPathString(v.Proto.GetField()), Rule: v.Proto.GetRuleId(), Message: v.Proto.GetMessage(),
		})
	}
	return invalidFields(fields)
}

// unstorable returns the path of a text with a zero byte, which is valid UTF-8 and which
// Postgres stores nowhere and searches for in vain; "" when there is none.
func unstorable(m protoreflect.Message) (path string) {
	m.Range(func(field protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		name := string(field.Name())
		switch {
		case field.IsMap():
			v.Map().Range(func(key protoreflect.MapKey, v protoreflect.Value) bool {
				at := fmt.Sprintf("%s[%q]", name, key.String())
				if strings.Contains(key.String(), zero) {
					path = at
				} else {
					path = under(at, field.MapValue(), v)
				}
				return path == ""
			})
		case field.IsList():
			for i := 0; i < v.List().Len() && path == ""; i++ {
				path = under(fmt.Sprintf("%s[%d]", name, i), field, v.List().Get(i))
			}
		default:
			path = under(name, field, v)
		}
		return path == ""
	})
	return path
}

const zero = "\x00"

// under is unstorable of one value, which stands at a path.
func under(at string, field protoreflect.FieldDescriptor, v protoreflect.Value) string {
	switch field.Kind() {
	case protoreflect.StringKind:
		if strings.Contains(v.String(), zero) {
			return at
		}
	case protoreflect.MessageKind:
		if path := unstorable(v.Message()); path != "" {
			return at + "." + path
		}
	}
	return ""
}
