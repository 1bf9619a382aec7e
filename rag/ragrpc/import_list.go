package ragrpc

import (
	"context"

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
