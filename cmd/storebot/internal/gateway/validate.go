package gateway

import (
	"context"
	"errors"
	"fmt"

	storebotv1 "storebot/proto/gen/storebot/v1"

	"buf.build/go/protovalidate"
	"connectrpc.com/connect/v2"
	"google.golang.org/protobuf/proto"
)

// validate holds every message to the rules that stand in the contract.
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
	err := protovalidate.Validate(m)
	invalid, ok := errors.AsType[*protovalidate.ValidationError](err)
	if !ok {
		return err
	}
	var fields []*storebotv1.FieldViolation
	for _, v := range invalid.Violations {
		fields = append(fields, &storebotv1.FieldViolation{
			Path: protovalidate.FieldPathString(v.Proto.GetField()), Rule: v.Proto.GetRuleId(), Message: v.Proto.GetMessage(),
		})
	}
	return invalidFields(fields)
}
