package gateway

import (
	"maps"

	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/tenant"
)

// What is sold is every member's to look at and a manager's to change. The quota
// of one more product is asked by its handler, which knows whether it is new.
func init() {
	maps.Copy(policy, map[string]rule{
		storebotv1connect.ProductServiceListProductsProcedure:           {kind: tenant.Member, role: tenant.Agent},
		storebotv1connect.ProductServiceGetProductProcedure:             {kind: tenant.Member, role: tenant.Agent},
		storebotv1connect.ProductServiceSaveProductProcedure:            {kind: tenant.Member, role: tenant.Manager},
		storebotv1connect.ProductServiceDeleteProductsProcedure:         {kind: tenant.Member, role: tenant.Manager},
		storebotv1connect.ProductServiceListProductRevisionsProcedure:   {kind: tenant.Member, role: tenant.Agent},
		storebotv1connect.ProductServiceRestoreProductRevisionProcedure: {kind: tenant.Member, role: tenant.Manager},
		storebotv1connect.ProductServiceExportProductsProcedure:         {kind: tenant.Member, role: tenant.Manager, time: sheetTime},
	})
}
