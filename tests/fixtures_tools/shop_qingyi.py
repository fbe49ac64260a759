"""The second shop of the same merchant, 轻衣记: clothes, shoes and bags, and two things the first shop sells too."""

from __future__ import annotations

from listings import Goods, gallery

SHADE = ("居家日用", "伞具", "遮阳伞")
TEE = ("男装", "T恤", "短袖T恤")
TOTE = ("箱包", "女包", "帆布包")
TROLLEY = ("箱包", "旅行箱", "拉杆箱")
CUSHION = ("家纺家饰", "靠垫/抱枕", "抱枕")

QINGYI: list[Goods] = [
    Goods(
        "610220417783",
        "ins风陶瓷马克杯女生高颜值带盖带勺早餐杯情侣水杯礼物",
        ("餐饮具", "杯子/水杯", "马克杯"),
        390,
        gallery("mug-1", "mug-2"),
        ("颜色", "套餐"),
        [(("墨绿", "单杯"), 15.9, "MK08-G-1", 120), (("墨绿", "杯+盖+勺"), 20.9, "MK08-G-3", 210)],
        {"材质": "陶瓷", "容量": "400ml"},
    ),
    Goods(
        "610220433190",
        "晴雨两用太阳伞女防晒防紫外线遮阳伞黑胶碎花直杆伞小清新",
        SHADE,
        845,
        gallery("umbrella-1", "umbrella-2"),
        ("颜色",),
        [(("豆沙红碎花",), 33.9, "YS-88-R", 140)],
        {"品牌": "晴川", "骨数": "8骨"},
    ),
    # Women's and men's canvas shoes: other lasts, other soles.
    Goods(
        "609114208835",
        "帆布鞋女低帮2026春季新款百搭学生板鞋韩版休闲布鞋小红鞋",
        ("女鞋", "低帮鞋", "帆布鞋"),
        5120,
        gallery("low-red-1", "low-red-2"),
        ("颜色", "尺码"),
        [(("正红", str(n)), 49.9, f"QY-L-R{n}", 60) for n in range(35, 40)],
        {"鞋面材质": "帆布", "适用性别": "女"},
    ),
    Goods(
        "609114213370",
        "帆布鞋男高帮2026春季新款百搭学生板鞋韩版休闲布鞋厚底",
        ("男鞋", "高帮鞋", "帆布鞋"),
        2866,
        gallery("high-navy-1", "high-navy-2"),
        ("颜色", "尺码"),
        [(("藏青", str(n)), 59.9, f"QY-H-N{n}", 45) for n in range(39, 45)],
        {"鞋面材质": "帆布", "适用性别": "男"},
    ),
    Goods(
        "609350776201",
        "老爹鞋女2026新款百搭厚底增高休闲运动鞋透气小白鞋学生跑步鞋",
        ("女鞋", "低帮鞋", "老爹鞋"),
        3341,
        gallery("skate-1", "skate-2"),
        ("颜色", "尺码"),
        [
            *((("白蓝", str(n)), 79.9, f"QY-D-{n}", 50) for n in range(36, 40)),
            (("白蓝 单只左脚（配对丢失补一只）", "37"), 9.9, "", 3),
        ],
        {"适用性别": "女"},
    ),
    # One heavy plain T-shirt, a colour each; the printed ones are other shirts. All show the same size chart.
    Goods(
        "608830015524",
        "260g重磅纯棉短袖T恤男纯色圆领打底衫夏季宽松情侣半袖上衣 雾霾蓝",
        TEE,
        7702,
        gallery("tee-plain-blue-1", "tee-plain-detail", "size-chart"),
        ("颜色", "尺码"),
        [(("雾霾蓝", n), 39.9, f"QT260-B-{n}", 100) for n in ("M", "L", "XL", "2XL", "3XL")],
        {"面料": "棉100%"},
    ),
    Goods(
        "610987120443",
        "260g重磅纯棉短袖T恤男纯色圆领打底衫夏季宽松情侣半袖上衣 燕麦色",
        TEE,
        655,
        gallery("tee-plain-oat-1", "size-chart"),
        ("颜色", "尺码"),
        [(("燕麦色", n), 39.9, f"QT260-O-{n}", 60) for n in ("M", "L", "XL", "2XL", "3XL")],
        {"面料": "棉100%"},
    ),
    Goods(
        "608830020098",
        "纯棉短袖T恤男向山而行印花圆领夏季宽松半袖上衣可定制团体服",
        TEE,
        3018,
        gallery("tee-peak-1", "size-chart"),
        ("款式", "尺码"),
        [
            *((("本白 现货", n), 45.9, f"QT-XS-{n}", 80) for n in ("M", "L", "XL", "2XL")),
            (("本白 定制后背印字（不补差价）", "XL"), 55.9, "QT-XS-DZ", 200),
        ],
        {"面料": "棉95% 氨纶5%"},
    ),
    Goods(
        "608830024417",
        "纯棉短袖T恤女向日葵印花圆领夏季修身显瘦半袖上衣",
        ("女装", "T恤", "短袖T恤"),
        2590,
        gallery("tee-bloom-1", "size-chart"),
        ("颜色", "尺码"),
        [(("浅粉", n), 42.9, f"QT-XRK-{n}", 70) for n in ("S", "M", "L")],
        {"面料": "棉95% 氨纶5%"},
    ),
    # Same words, other prints.
    Goods(
        "607744193302",
        "帆布包女单肩手提大容量学生上课通勤托特包文艺ins购物袋 向日葵",
        TOTE,
        4870,
        gallery("tote-sun-1", "tote-sun-2"),
        ("款式",),
        [(("向日葵",), 19.9, "TB-XRK", 300)],
        {"材质": "帆布"},
    ),
    Goods(
        "607744196648",
        "帆布包女单肩手提大容量学生上课通勤托特包文艺ins购物袋 宇航员",
        TOTE,
        3911,
        gallery("tote-astro-1"),
        ("款式",),
        [(("宇航员",), 19.9, "TB-YHY", 260)],
        {"材质": "帆布"},
    ),
    # Bags may be listed size by size.
    Goods(
        "606250881937",
        "樱花粉拉杆箱女20寸登机箱万向轮静音密码箱学生行李箱",
        TROLLEY,
        2933,
        gallery("case20-1"),
        ("尺寸",),
        [(("20寸",), 119.0, "LX-20", 90)],
        {"品牌": "漫屿", "材质": "ABS+PC"},
    ),
    Goods(
        "606250886605",
        "樱花粉拉杆箱女24寸托运箱万向轮静音密码箱学生行李箱",
        TROLLEY,
        1870,
        gallery("case24-1", "case24-2"),
        ("尺寸",),
        [(("24寸",), 149.0, "LX-24", 70)],
        {"品牌": "漫屿", "材质": "ABS+PC"},
    ),
    # Files as they come: a picture cut short on upload, one that is not square, one that is not there.
    Goods(
        "605601339928",
        "法式田园碎花抱枕客厅沙发靠垫床头靠枕办公室腰枕含芯可拆洗",
        CUSHION,
        1206,
        gallery("cushion-flower-1", "cushion-flower-2"),
        ("尺寸",),
        [(("45x45cm 含芯",), 22.9, "BZ-H-45", 200), (("60x60cm 含芯",), 36.9, "BZ-H-60", 120)],
        {"面料": "棉麻"},
    ),
    Goods(
        "605601342217",
        "英伦格子抱枕客厅沙发靠垫床头靠枕办公室腰枕含芯可拆洗",
        CUSHION,
        988,
        gallery("cushion-plaid-1", "cushion-plaid-3"),
        ("尺寸",),
        [(("45x45cm 含芯",), 22.9, "BZ-G-45", 180)],
        {"面料": "色织棉"},
    ),
]
