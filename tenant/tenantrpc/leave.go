package tenantrpc

import (
	"bufio"
	"bytes"
	"context"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
)

// GetUsage returns what the shop used and may use.
func (s *Shops) GetUsage(ctx context.Context, _ *storebotv1.GetUsageRequest) (*storebotv1.GetUsageResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	usage, quota, err := s.tenants.Usage(ctx, caller.Tenant)
	if err != nil {
		return nil, err
	}
	return &storebotv1.GetUsageResponse{Usage: usageToProto(usage), Quota: quotaToProto(quota)}, nil
}

// ListVisits returns who of the platform's people looked at the shop.
func (s *Shops) ListVisits(ctx context.Context, _ *storebotv1.ListVisitsRequest) (*storebotv1.ListVisitsResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	visits, err := s.tenants.Visits(ctx, caller.Tenant)
	if err != nil {
		return nil, err
	}
	out := &storebotv1.ListVisitsResponse{}
	for _, v := range visits {
		out.Visits = append(out.Visits, visitToProto(v))
	}
	return out, nil
}

// SetRetention sets after how many days conversations are deleted.
func (s *Shops) SetRetention(ctx context.Context, req *storebotv1.SetRetentionRequest) (*storebotv1.SetRetentionResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	shop, err := s.tenants.SetRetention(ctx, caller.Tenant, int(req.GetDays()))
	if err != nil {
		return nil, err
	}
	return &storebotv1.SetRetentionResponse{Tenant: shopToProto(shop)}, nil
}

// DeleteShop takes the shop off and has it deleted later.
func (s *Shops) DeleteShop(ctx context.Context, req *storebotv1.DeleteShopRequest) (*storebotv1.DeleteShopResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	shop, err := s.tenants.DeleteShop(ctx, caller.Tenant, req.GetName())
	if err != nil {
		return nil, err
	}
	return &storebotv1.DeleteShopResponse{Tenant: shopToProto(shop)}, nil
}

// KeepShop undoes DeleteShop.
func (s *Shops) KeepShop(ctx context.Context, _ *storebotv1.KeepShopRequest) (*storebotv1.KeepShopResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	shop, err := s.tenants.KeepShop(ctx, caller.Tenant)
	if err != nil {
		return nil, err
	}
	return &storebotv1.KeepShopResponse{Tenant: shopToProto(shop)}, nil
}

// chunkBytes is how much of an export one message holds.
const chunkBytes = 256 << 10

// ExportShop streams the ZIP file as it is written.
func (s *Shops) ExportShop(ctx context.Context, _ *storebotv1.ExportShopRequest, stream storebotv1connect.TenantServiceExportShopServerStream) error {
	caller, err := member(ctx)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(sender(func(chunk []byte) error {
		return stream.Send(&storebotv1.ExportShopResponse{Chunk: bytes.Clone(chunk)})
	}), chunkBytes)
	if err := s.tenants.ExportShop(ctx, caller.Tenant, out); err != nil {
		return err
	}
	return out.Flush()
}

// sender writes by sending.
type sender func(chunk []byte) error

func (s sender) Write(p []byte) (int, error) { return len(p), s(p) }
