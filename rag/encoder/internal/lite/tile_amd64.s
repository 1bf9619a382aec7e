#include "textflag.h"

// A row of the tile: its pair of inputs times the weights in Y12 and Y13, added
// to its sums in low and high.
#define ROW(row, low, high) \
	VPBROADCASTD (row)(DX*1), Y14; \
	VPMADDWD Y12, Y14, Y15; \
	VPADDD Y15, low, low; \
	VPMADDWD Y13, Y14, Y15; \
	VPADDD Y15, high, high

// The end of a block: a row's sums times the scales, added to those of the
// blocks before.
#define SCALE(low, high, at) \
	VCVTDQ2PS low, low; \
	VMULPS (SI), low, low; \
	VADDPS at(AX), low, low; \
	VMOVUPS low, at(AX); \
	VCVTDQ2PS high, high; \
	VMULPS 32(SI), high, high; \
	VADDPS (at+32)(AX), high, high; \
	VMOVUPS high, (at+32)(AX)

// func tileAVX2(sums *[rows * lanes]float32, weights *int8, scales *float32, x *int16, in int)
TEXT ·tileAVX2(SB), NOSPLIT, $0-40
	MOVQ sums+0(FP), AX
	MOVQ weights+8(FP), DI
	MOVQ scales+16(FP), SI
	MOVQ x+24(FP), R8
	MOVQ in+32(FP), DX
	MOVQ DX, BX
	SHRQ $6, BX // blocks of 64
	ADDQ DX, DX // bytes of a row
	LEAQ (R8)(DX*1), R9
	LEAQ (R9)(DX*1), R10
	LEAQ (R10)(DX*1), R11
	LEAQ (R11)(DX*1), R12
	LEAQ (R12)(DX*1), R13
	XORQ DX, DX // where in a row

block:
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3
	VPXOR Y4, Y4, Y4
	VPXOR Y5, Y5, Y5
	VPXOR Y6, Y6, Y6
	VPXOR Y7, Y7, Y7
	VPXOR Y8, Y8, Y8
	VPXOR Y9, Y9, Y9
	VPXOR Y10, Y10, Y10
	VPXOR Y11, Y11, Y11
	MOVQ $32, CX

pair:
	VPMOVSXBW (DI), Y12
	VPMOVSXBW 16(DI), Y13
	ROW(R8, Y0, Y1)
	ROW(R9, Y2, Y3)
	ROW(R10, Y4, Y5)
	ROW(R11, Y6, Y7)
	ROW(R12, Y8, Y9)
	ROW(R13, Y10, Y11)
	ADDQ $32, DI
	ADDQ $4, DX
	DECQ CX
	JNZ pair

	SCALE(Y0, Y1, 0)
	SCALE(Y2, Y3, 64)
	SCALE(Y4, Y5, 128)
	SCALE(Y6, Y7, 192)
	SCALE(Y8, Y9, 256)
	SCALE(Y10, Y11, 320)
	ADDQ $64, SI
	DECQ BX
	JNZ block
	VZEROUPPER
	RET
