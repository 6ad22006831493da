/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The whole guest of the qemu-* kinds: a boot sector that paints a picture and
   answers keys.  Build: as --32 guest-boot.S -o g.o && ld -m elf_i386 -Ttext 0x7c00
   --oformat binary -e start g.o -o guest-boot.bin ; vnc-server holds the 512 bytes as hex.
   Keys: 1 640x480, 2 800x600, 3 1024x768, 0 text mode; s scroll the picture;
   b beep on, n beep off; l next keyboard light pattern; a pointer absolute, r pointer relative (vmmouse);
   any other key: a box of a colour made of its scan code. */
	.intel_syntax noprefix
	.code16
	.globl start
start:	cli
	xor	ax, ax
	mov	ds, ax
	mov	ss, ax
	mov	sp, 0x7c00
	sti
	mov	word ptr [shift], 0
	mov	bx, 0x4142
mode:	mov	[cur], bx
	mov	ax, 0x4f02
	int	0x10
	mov	cx, [cur]
	and	ch, 1
	push	ds
	pop	es
	mov	di, 0x8000
	mov	ax, 0x4f01
	int	0x10
	cmp	word ptr [cur], 3
	je	key
draw:	call	big
	mov	edi, [0x8028]
	xor	edx, edx		/* y */
1:	xor	ecx, ecx		/* x */
2:	mov	ebx, edx
	add	bl, [shift]
	test	bl, 0x40
	jz	3f
	mov	eax, 0x336699		/* one colour */
	test	cl, 0x40
	jz	4f
	mov	al, bl			/* checks of two colours */
	xor	al, cl
	test	al, 4
	mov	eax, 0xf0f0e0
	jz	4f
	mov	eax, 0x000080
	jmp	4f
3:	movzx	eax, cl			/* a gradient */
	shl	eax, 8
	mov	al, bl
	shl	eax, 8
	mov	al, cl
	xor	al, bl
4:	mov	es:[edi], eax
	add	edi, 4
	inc	cx
	cmp	cx, [0x8012]
	jb	2b
	inc	dx
	cmp	dx, [0x8014]
	jb	1b
key:	xor	ax, ax
	int	0x16
	mov	bx, 3
	cmp	al, '0'
	je	mode
	mov	bx, 0x4142
	cmp	al, '1'
	je	mode
	inc	bx
	cmp	al, '2'
	je	mode
	inc	bx
	cmp	al, '3'
	je	mode
	cmp	al, 's'
	jne	1f
	add	byte ptr [shift], 8
	jmp	draw
1:	cmp	al, 'b'
	jne	2f
	mov	al, 0xb6
	out	0x43, al
	mov	ax, 2711		/* 440 Hz */
	out	0x42, al
	mov	al, ah
	out	0x42, al
	in	al, 0x61
	or	al, 3
	jmp	3f
2:	cmp	al, 'n'
	jne	4f
	in	al, 0x61
	and	al, 0xfc
3:	out	0x61, al
	jmp	key
4:	cmp	al, 'l'
	jne	8f
	mov	al, 0xed
	call	kbd
	mov	al, [leds]
	inc	ax
	and	al, 7
	mov	[leds], al
	call	kbd
	jmp	key
8:	mov	esi, 0x53424152		/* absolute */
	cmp	al, 'a'
	je	5f
	cmp	al, 'r'
	jne	6f
	mov	esi, 0x4c455252		/* relative */
5:	mov	ebx, 0x45414552
	call	vmm
	mov	cx, 39
	xor	ebx, ebx
	inc	bx
	call	vmd
	mov	ebx, esi
	call	vmm
	jmp	key
6:	shr	ax, 8
	movzx	eax, ax
	imul	eax, eax, 0x03050b
	push	eax
	call	big
	pop	eax
	mov	edi, [0x8028]
	mov	dx, 32
1:	mov	cx, 32
2:	mov	es:[edi], eax
	add	edi, 4
	loop	2b
	movzx	ebx, word ptr [0x8010]
	lea	edi, [edi+ebx-128]
	dec	dx
	jnz	1b
	jmp	key

vmm:	mov	cx, 41
vmd:	movzx	ecx, cx
	mov	eax, 0x564d5868
	mov	edx, 0x5658
	in	eax, dx
	ret

kbd:	mov	ah, al			/* a byte to the keyboard, and time for it */
1:	in	al, 0x64
	test	al, 2
	jnz	1b
	mov	al, ah
	out	0x60, al
	mov	cx, 20000
2:	loop	2b
	ret

big:	cli				/* es: base 0, limit 4 GiB */
	lgdt	[gdtr]
	mov	eax, cr0
	or	al, 1
	mov	cr0, eax
	jmp	1f
1:	mov	bx, 8
	mov	es, bx
	and	al, 0xfe
	mov	cr0, eax
	jmp	1f
1:	xor	bx, bx
	mov	es, bx
	sti
	ret
gdt:	.quad	0, 0x00cf92000000ffff
gdtr:	.word	15
	.long	gdt
	.set	cur, 0x7e00
	.set	shift, 0x7e02
	.set	leds, 0x7e03
	.org	510
	.word	0xaa55
