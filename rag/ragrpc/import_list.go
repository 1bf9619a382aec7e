package ragrpc

import (
	"context"
	"encoding/binary"

	"github.com/google/uuid"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/tenant"
)

const importPage = 50

// ListImports returns a page of the imports.
func (k *Knowledge) ListImports(ctx context.Context, req *storebotv1.ListImportsRequest) (*storebotv1.ListImportsResponse, error) {
	before, err := readTokenID(req.GetPageToken())
	if err != nil {
		return nil, err
	}
	limit := pageSize(req.GetPageSize(), importPage)
	list, err := k.Imports.ListImports(ctx, tenant.CallerFrom(ctx).Tenant, subjects[req.GetSubject()], before, limit+1)
	if err != nil {
		return nil, err
	}
	res := &storebotv1.ListImportsResponse{}
	if len(list) > limit {
		list = list[:limit]
		res.NextPageToken = writeTokenID(list[limit-1].ID)
	}
	for _, m := range list {
		res.Imports = append(res.Imports, importProto(m))
	}
	return res, nil
}

// The parts of an id in a page token: each is a number that is not negative, the last
// is not zero.
func writeTokenID(id uuid.UUID) string {
	part := func(i int) int64 { return int64(binary.BigEndian.Uint32(id[i:])) }
	return writeToken(part(0), part(4), part(8), part(12)+1)
}

func readTokenID(token string) (id uuid.UUID, err error) {
	parts, err := readToken(token, 4)
	if err != nil || token == "" {
		return id, err
	}
	parts[3]--
	for i, p := range parts {
		if p < 0 || p > 1<<32-1 {
			return id, badToken()
		}
		binary.BigEndian.PutUint32(id[4*i:], uint32(p))
	}
	return id, nil
}
