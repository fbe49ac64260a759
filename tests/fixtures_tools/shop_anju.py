"""The first shop, 安居百货: household goods, in two files of the Open Platform's."""

from __future__ import annotations

from listings import Goods, gallery

MUG = ("餐饮具", "杯子/水杯", "马克杯")
FLASK = ("餐饮具", "杯子/水杯", "保温杯")
FUNGUS = ("粮油调味/南北干货", "南北干货", "木耳")
WHEEL = ("汽车用品", "汽车内饰", "方向盘套")
CASE = ("手机配件", "手机保护套")
PAN = ("餐饮具", "锅具", "平底锅")
CHAIR = ("户外用品", "户外家具", "折叠椅")
LAMP = ("家装灯饰", "台灯")


ANJU: list[Goods] = [
    # One mug, each colour its own listing. The mug with the cats is another mug.
    Goods(
        "603318420117",
        "北欧简约陶瓷马克杯带盖勺家用办公室咖啡杯大容量水杯 墨绿色",
        MUG,
        8421,
        gallery("mug-green-1", "mug-green-2", "promise"),
        ("颜色", "套餐"),
        [(("墨绿", "单杯"), 14.9, "MK08-G-1", 620), (("墨绿", "杯+盖+勺"), 19.9, "MK08-G-3", 915)],
        {"材质": "陶瓷", "容量": "400ml"},
    ),
    Goods(
        "603871205566",
        "北欧简约陶瓷马克杯带盖勺家用办公室咖啡杯大容量水杯 奶白色",
        MUG,
        1260,
        gallery("mug-cream-1", "mug-cream-2", "promise"),
        ("颜色", "套餐"),
        [(("奶白", "单杯"), 14.9, "MK08-W-1", 334), (("奶白", "杯+盖+勺"), 19.9, "MK08-W-3", 402)],
        {"材质": "陶瓷", "容量": "400ml"},
    ),
    Goods(
        "604120993381",
        "北欧简约陶瓷马克杯竹柄家用办公室咖啡杯大容量水杯 手绘猫咪",
        MUG,
        2207,
        gallery("mug-cat-1", "mug-cat-2", "promise"),
        ("款式",),
        [(("手绘双猫",), 24.9, "MK21-C", 280)],
        {"材质": "粗陶", "容量": "480ml"},
    ),
    # One bag of black fungus, each weight its own listing. Mushrooms are another product.
    Goods(
        "598230417702",
        "东北黑木耳干货250g秋木耳小碗耳肉厚无根农家特产凉拌火锅食材",
        FUNGUS,
        15630,
        gallery("fungus-250-1", "fungus-250-2"),
        ("净含量",),
        [(("250g",), 19.8, "", 1500)],
        {"品牌": "林家山货", "产地": "黑龙江", "等级": "一级"},
    ),
    Goods(
        "605512038864",
        "东北黑木耳干货500g秋木耳小碗耳肉厚无根农家特产凉拌火锅食材",
        FUNGUS,
        3902,
        gallery("fungus-500-1", "fungus-500-2"),
        ("净含量",),
        [(("500g",), 37.8, "", 860)],
        {"品牌": "林家山货", "产地": "黑龙江", "等级": "一级"},
    ),
    Goods(
        "598230419915",
        "深山香菇干货农家特产肉厚无根椴木香菇凉拌火锅煲汤食材",
        ("粮油调味/南北干货", "南北干货", "香菇"),
        9874,
        gallery("mushroom-1", "mushroom-2"),
        ("净含量",),
        [(("250g",), 24.8, "XG-250", 900), (("500g",), 46.8, "XG-500", 700), (("1kg",), 89.0, "XG-1000", 260)],
        {"品牌": "林家山货", "产地": "福建"},
    ),
    # One universal steering-wheel cover, a listing per make of car.
    Goods(
        "601009284413",
        "大众方向盘套四季通用夏季透气防滑吸汗朗逸速腾迈腾帕萨特把套",
        WHEEL,
        5140,
        gallery("wheel-vw-1", "wheel-vw-2"),
        ("颜色",),
        [(("黑红线",), 29.9, "", 430)],
        {"品牌": "驾悦", "适用尺寸": "38cm", "款式": "圆形通用"},
    ),
    Goods(
        "606720015538",
        "丰田方向盘套四季通用夏季透气防滑吸汗卡罗拉凯美瑞雷凌RAV4把套",
        WHEEL,
        988,
        gallery("wheel-toyota-1", "wheel-toyota-2"),
        ("颜色",),
        [(("黑红线",), 29.9, "", 265)],
        {"品牌": "驾悦", "适用尺寸": "38cm", "款式": "圆形通用"},
    ),
    # Cases are shaped for one phone each: no duplicates. One hides a cable among its SKUs, one sells an honest bundle.
    Goods(
        "602447190826",
        "适用苹果15手机壳治愈系落日小猫磨砂防摔全包iPhone15保护套女款",
        CASE,
        6715,
        gallery("case-ip15-1", "case-ip15-2", "cable-1"),
        ("款式",),
        [
            (("落日小猫【iPhone15】",), 15.9, "C15-CAT", 700),
            (("落日小猫【iPhone15 Pro】",), 15.9, "C15P-CAT", 540),
            (("Type-C数据线1米",), 2.9, "CB-1M", 2000),
        ],
        {"材质": "TPU"},
    ),
    Goods(
        "602447195510",
        "适用华为Mate60手机壳治愈系落日小猫磨砂防摔全包保护套女款",
        CASE,
        3120,
        gallery("case-mate60-1", "case-mate60-2"),
        ("款式",),
        [(("落日小猫【Mate60】",), 15.9, "CM60-CAT", 380), (("落日小猫【Mate60】+钢化膜",), 21.9, "CM60-CAT-F", 290)],
        {"材质": "TPU"},
    ),
    # One pan, told apart by what comes free with it.
    Goods(
        "600715523908",
        "麦饭石平底锅不粘锅家用煎锅煎饼煎蛋牛排锅电磁炉通用 送木铲",
        PAN,
        11026,
        gallery("pan-1", "pan-2"),
        ("尺寸",),
        [(("24cm",), 39.9, "", 510), (("28cm",), 49.9, "", 470)],
        {"品牌": "禾煮", "材质": "铝合金", "涂层": "麦饭石"},
    ),
    Goods(
        "607330148825",
        "麦饭石平底锅不粘锅家用煎锅煎饼煎蛋牛排锅电磁炉通用 送硅胶铲+海绵擦",
        PAN,
        742,
        gallery("pan-gift-1", "pan-gift-2"),
        ("尺寸",),
        [(("24cm",), 40.9, "", 180), (("28cm",), 50.9, "", 150)],
        {"品牌": "禾煮", "材质": "铝合金", "涂层": "麦饭石"},
    ),
    # Bowl and plate of one dinner set: two things to buy.
    Goods(
        "599804413370",
        "日式青海波釉下彩饭碗家用陶瓷餐具4.5英寸米饭碗小汤碗",
        ("餐饮具", "餐具", "碗"),
        4310,
        gallery("bowl-1", "bowl-2"),
        ("数量",),
        [(("1个",), 6.9, "QHB-W1", 800), (("4个装",), 25.9, "QHB-W4", 300), (("10个装",), 59.9, "QHB-W10", 120)],
        {"材质": "陶瓷"},
    ),
    Goods(
        "599804416692",
        "日式青海波釉下彩菜盘家用陶瓷餐具8英寸盘子深盘",
        ("餐饮具", "餐具", "盘"),
        3985,
        gallery("plate-1", "plate-2"),
        ("数量",),
        [(("1个",), 11.9, "QHB-P1", 640), (("4个装",), 44.9, "QHB-P4", 210)],
        {"材质": "陶瓷"},
    ),
    # A steel flask with a plastic cup as its cheapest "variant"; beside it a bottle whose prices follow its sizes.
    Goods(
        "601882730049",
        "316不锈钢保温杯女高颜值小巧便携大容量学生水杯直饮杯子刻字",
        FLASK,
        7230,
        gallery("thermos-1", "thermos-2"),
        ("款式",),
        [
            (("316不锈钢 500ml 抹茶绿",), 59.9, "BW-500-G", 320),
            (("316不锈钢 500ml 珊瑚粉",), 59.9, "BW-500-P", 280),
            (("塑料款 400ml 珊瑚粉",), 8.9, "SL-400", 900),
        ],
        {"品牌": "沁野", "内胆材质": "316不锈钢"},
    ),
    Goods(
        "601882735511",
        "大容量运动水壶男女健身水杯夏季户外便携塑料太空杯刻度杯",
        ("餐饮具", "杯子/水杯", "运动水壶"),
        20418,
        gallery("bottle-1", "bottle-2"),
        ("容量",),
        [(("600ml",), 12.9, "SH-600", 900), (("1000ml",), 17.9, "SH-1000", 1200), (("2000ml",), 26.9, "SH-2000", 600)],
        {"品牌": "沁野", "材质": "Tritan"},
    ),
    # One camp chair twice: mirrored picture, words reshuffled. The slatted chair only shares the words.
    Goods(
        "600044187231",
        "户外折叠椅月亮椅便携露营椅子钓鱼凳靠背躺椅超轻美术写生椅",
        CHAIR,
        9350,
        gallery("camp-1", "camp-2", "promise"),
        ("颜色",),
        [(("军绿",), 49.9, "YQ-ML-01", 410)],
        {"品牌": "野趣", "承重": "300斤", "材质": "铝合金+牛津布"},
    ),
    Goods(
        "608101926647",
        "【送运费险】月亮椅折叠便携户外超轻露营靠背椅写生钓鱼椅子凳躺椅",
        CHAIR,
        316,
        gallery("camp-b-1", "camp-b-2", "promise"),
        ("颜色",),
        [(("军绿色",), 49.8, "YQ-ML-01", 95)],
        {"品牌": "野趣", "承重": "300斤", "材质": "铝合金+牛津布"},
    ),
    Goods(
        "600044188844",
        "户外折叠椅便携露营椅子钓鱼椅靠背椅带扶手实木纹沙滩椅写生椅",
        CHAIR,
        2764,
        gallery("slat-1", "slat-2", "promise"),
        ("颜色",),
        [(("胡桃木纹",), 69.9, "YQ-BT-07", 180)],
        {"品牌": "野趣", "承重": "240斤", "材质": "碳钢"},
    ),
    # The same desk lamp twice, known and accepted: the second record says so itself.
    Goods(
        "602990315578",
        "LED学习台灯护眼书桌大学生宿舍充电插电两用折叠触摸调光阅读灯",
        LAMP,
        5581,
        gallery("lamp-1", "lamp-2"),
        ("颜色",),
        [(("象牙白",), 36.9, "TD-305", 420)],
        {"品牌": "萤火", "光源": "LED"},
    ),
    Goods(
        "608455170032",
        "LED学习台灯护眼书桌大学生宿舍充电插电两用折叠触摸调光阅读灯",
        LAMP,
        120,
        gallery("lamp-1", "lamp-2"),
        ("颜色",),
        [(("象牙白",), 36.9, "TD-305", 60)],
        {"品牌": "萤火", "光源": "LED"},
        {"pddlint": {"ignore": ["DUP005"], "reason": "开学季活动专用链接，9月30日下架"}},
    ),
    # Taken off the shelf: whatever it repeats, it breaks no rule.
    Goods(
        "597140226183",
        "北欧简约陶瓷马克杯带盖勺家用办公室咖啡杯大容量水杯 墨绿色",
        MUG,
        15,
        gallery("mug-green-1"),
        ("颜色", "套餐"),
        [(("墨绿", "单杯"), 15.9, "MK08-G-1", 0)],
        {"材质": "陶瓷"},
        {"status": 2, "is_onsale": 0},
    ),
]
